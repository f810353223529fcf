package rules

import (
	"slices"
	"strings"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// TenantBound is TEN-04.
var TenantBound = rule.Rule{
	ID: "TEN-04", Name: "bound", Title: "Who the tenant is follows from the identity, and stores compare it",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "A session that may choose its tenant reads everybody's data with one wrong parameter.",
	Fix: "Declare roles and stores through components/tenant, keys and storage, whose policies bind and compare the tag.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Trust rule.Value[rule.Policy] `prop:"assumeRolePolicy"`
			}, r *rule.Report) {
				rule.When(r, v.Trust, func(p rule.Policy) { cannotChooseTenant(p, r) })
			}, roleOnAWS),
			rule.On(func(v struct {
				Policy rule.Value[rule.Policy] `prop:"policy"`
			}, r *rule.Report) {
				rule.Match(r, v.Policy, comparesTenant, comparing, rule.AbsentIsBad)
			}, bucketPolicyOnAWS),
			rule.On(func(v struct {
				Tenant rule.Value[string]      `prop:"tags.tenant"`
				Policy rule.Value[rule.Policy] `prop:"policy"`
			}, r *rule.Report) {
				ofTenant(r, v.Tenant, func(name string) {
					if name != shared {
						rule.Match(r, v.Policy, comparesTenant, comparing, rule.AbsentIsBad)
					}
				})
			}, keyOnAWS, secretOnAWS),
		),
		GCP:   rule.NotApplicable("tenants are not built on GCP yet"),
		Azure: rule.NotApplicable("tenants are not built on Azure yet"),
	},
	Good: []rule.Example{
		{Given: trusting(`"Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["eks-cluster-arn"]}}`)},
		{Given: []rule.Given{{Type: bucketPolicyOnAWS, Props: rule.Props{"policy": comparison}}}},
		{Given: []rule.Given{{Type: keyOnAWS, Props: tagged("acme", rule.Props{"policy": comparison})}}, Runtime: tenants},
		{Given: []rule.Given{{Type: keyOnAWS, Props: tagged(shared, nil)}}},
	},
	Bad: []rule.Example{
		{Caught: "assumeRolePolicy.Statement[0].Condition", Given: trusting(`"Resource":"*"`)},
		{Caught: "assumeRolePolicy.Statement[0].Condition", Given: trusting(`"Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["tenant"]}}`)},
		{Caught: "assumeRolePolicy.Statement[0].Condition", Given: trusting(`"Condition":{"StringLike":{"aws:TagKeys":["*"]}}`)},
		{Caught: "policy", Given: []rule.Given{{Type: bucketPolicyOnAWS, Props: rule.Props{"policy": `{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}}`}}}},
		{Caught: "policy", Given: []rule.Given{{Type: secretOnAWS, Props: tagged("acme", nil)}}, Runtime: tenants},
	},
}

const (
	comparing    = "a Deny for callers whose tag tenant is another"
	otherTenants = `{"Effect":"Deny","Principal":"*","Action":"s3:*","Condition":{"StringNotEquals":{"aws:PrincipalTag/tenant":"acme"}}}`
	comparison   = `{"Statement":` + otherTenants + `}`
)

func trusting(rest string) []rule.Given {
	return []rule.Given{{Type: roleOnAWS, Props: rule.Props{"assumeRolePolicy": `{"Statement":{"Effect":"Allow",
		"Principal":{"Service":"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"],` + rest + `}}`}}}
}

// cannotChooseTenant looks at trust that lets the caller bring tags: it must list
// them, and tenant must not be among them.
func cannotChooseTenant(p rule.Policy, r *rule.Report) {
	for _, s := range p.Allows() {
		if s.Covers("sts:TagSession") && !slices.ContainsFunc(s.Condition("aws:TagKeys"), listsOtherTags) {
			r.Found(s.Part("Condition"), "session tags of the caller's choice", "ForAllValues:StringEquals of aws:TagKeys, without tenant")
		}
	}
}

func listsOtherTags(c rule.Condition) bool {
	return c.Operator == "ForAllValues:StringEquals" && !slices.ContainsFunc(c.Values, func(tag string) bool { return strings.EqualFold(tag, "tenant") })
}

func comparesTenant(p rule.Policy) bool {
	return slices.ContainsFunc(p.Denies(), func(s rule.Statement) bool {
		return s.Everyone() && len(s.Condition("aws:PrincipalTag/tenant")) > 0
	})
}
