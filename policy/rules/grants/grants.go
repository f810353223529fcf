// Package grants knows what several areas ask of grants on GCP.
package grants

import "tenant-runtime/policy/rule"

// Grant is a member's or a binding's, as every resource of IAM on GCP writes it.
type Grant struct {
	Member  rule.Value[string]            `prop:"member"`
	Members rule.List[rule.Value[string]] `prop:"members"`
}

// ByName refuses the two members that are everybody.
func ByName(v Grant, r *rule.Report) {
	notPublic(v.Member, r)
	rule.ForEach(r, v.Members, rule.AbsentIsGood, "", func(member rule.Value[string]) { notPublic(member, r) })
}

func notPublic(member rule.Value[string], r *rule.Report) {
	rule.Match(r, member, func(who string) bool { return who != "allUsers" && who != "allAuthenticatedUsers" }, "a named member", rule.AbsentIsGood)
}
