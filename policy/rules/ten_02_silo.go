package rules

import (
	"fmt"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// SiloInOwnAccount is TEN-02.
var SiloInOwnAccount = rule.Rule{
	ID: "TEN-02", Name: "silo", Title: "A tenant in silo has an account, and with it networks and keys, of its own",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "The account is the only border that no policy inside of it can open.",
	Fix: "Give the tenant an account in the stack's file; its cell is then built there and nothing else is.",
	Always: []rule.Check{rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
		r.Looked()
		used := map[string]string{r.Runtime().Account: "the shared cell"}
		for _, t := range r.Runtime().Tenants {
			if t.Isolation != "silo" {
				continue
			}
			if first, taken := used[t.Account]; taken || t.Account == "" {
				r.Found(v.Resource, fmt.Sprintf("silo %s in account %q of %s", t.Name, t.Account, first), "an account of its own")
			}
			used[t.Account] = t.Name
		}
	}, "pulumi:pulumi:Stack")},
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(builtInOwnAccount, "aws:*"),
			rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
				r.Looked()
				for _, t := range r.Runtime().Tenants {
					if t.Isolation == "silo" {
						r.Found(v.Resource, "a peering in a stack with silo "+t.Name, "no way between networks")
						return
					}
				}
			}, "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"),
		),
		GCP:   rule.NotApplicable("tenants are not built on GCP yet"),
		Azure: rule.NotApplicable("tenants are not built on Azure yet"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: "pulumi:pulumi:Stack"}}, Runtime: tenants},
		{Given: []rule.Given{{Type: keyOnAWS, Props: tagged("crown", nil), Provider: account("444455556666")}}, Runtime: tenants},
		{Given: []rule.Given{{Type: keyOnAWS, Props: tagged(shared, nil), Provider: account("111122223333")}}, Runtime: tenants},
		{Given: []rule.Given{{Type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: "pulumi:pulumi:Stack"}}, Runtime: &rule.Runtime{Account: "1", Tenants: []rule.Tenant{{Name: "crown", Isolation: "silo", Account: "1"}}}},
		{Caught: "provider.allowedAccountIds[0]", Given: []rule.Given{{Type: keyOnAWS, Props: tagged("crown", nil), Provider: account("111122223333")}}, Runtime: tenants},
		{Caught: "provider.allowedAccountIds[0]", Given: []rule.Given{{Type: keyOnAWS, Props: tagged("acme", nil), Provider: account("444455556666")}}, Runtime: tenants},
		{Given: []rule.Given{{Type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection"}}, Runtime: tenants},
	},
}

func account(id string) rule.Props { return rule.Props{"allowedAccountIds": []string{id}} }

// builtInOwnAccount compares the tenant of whatever is tagged with the only account
// its provider may build in.
func builtInOwnAccount(v owned, r *rule.Report) {
	rt := r.Runtime()
	ofTenant(r, v.tenant(), func(name string) {
		want := rt.Account
		if t, _ := rt.Tenant(name); t.Isolation == "silo" {
			want = t.Account
		}
		if want == "" {
			return // the configuration names no account, which the program refuses
		}
		only := rule.Provider[struct {
			Accounts rule.List[rule.Value[string]] `prop:"allowedAccountIds"`
		}](v.Resource).Accounts
		rule.ForEach(r, only, rule.AbsentIsBad, "account "+want+" and no other", func(id rule.Value[string]) { rule.Must(r, id, want, rule.AbsentIsBad) })
	})
}
