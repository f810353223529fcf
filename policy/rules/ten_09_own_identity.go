package rules

import (
	"slices"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// TenantOwnIdentity is TEN-09.
var TenantOwnIdentity = rule.Rule{
	ID: "TEN-09", Name: "own-identity", Title: "No identity reaches the data of two tenants",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "An identity that two tenants share is a door between them, and the log cannot tell who went through.",
	Fix: "Declare one components/tenant per tenant, which grants its role its own stores only.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(func(v owned, s *rule.Stack, r *rule.Report) {
				grantsOwn(s, r, v.tenant(), v.Resource, "policy", stores.AWS)
			}, policyOnAWS),
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				for _, role := range rule.Linked[owned](s, v.Resource, "role", roleOnAWS) {
					grantsOwn(s, r, role.tenant(), v.Resource, "policyArn", []string{policyOnAWS})
				}
			}, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				for _, role := range rule.Linked[owned](s, v.Resource, "role", roleOnAWS) {
					grantsOwn(s, r, role.tenant(), v.Resource, "policy", stores.AWS)
				}
			}, "aws:iam/rolePolicy:RolePolicy"),
		),
		GCP:   rule.NotApplicable("tenants are not built on GCP yet"),
		Azure: rule.NotApplicable("tenants are not built on Azure yet"),
	},
	Good: []rule.Example{
		{Given: granted("acme", "acme", shared), Runtime: tenants},
		{Given: []rule.Given{
			{Type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", Name: "grant", Links: rule.Links{"role": {"role"}, "policyArn": {"policy"}}},
			{Type: roleOnAWS, Name: "role", Props: tagged("acme", nil)}, {Type: policyOnAWS, Name: "policy", Props: tagged("acme", nil)},
		}, Runtime: tenants},
	},
	Bad: []rule.Example{
		{Caught: "policy", Given: granted("acme", "acme", "brick"), DecidedWithout: true, Runtime: tenants},
		{Caught: "policyArn", DecidedWithout: true, Runtime: tenants, Given: []rule.Given{
			{Type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", Name: "grant", Links: rule.Links{"role": {"role"}, "policyArn": {"policy"}}},
			{Type: roleOnAWS, Name: "role", Props: tagged("acme", nil)}, {Type: policyOnAWS, Name: "policy", Props: tagged("brick", nil)},
		}},
		{Caught: "policy", DecidedWithout: true, Runtime: tenants, Given: []rule.Given{
			{Type: "aws:iam/rolePolicy:RolePolicy", Name: "grant", Links: rule.Links{"role": {"role"}, "policy": {"secret"}}},
			{Type: roleOnAWS, Name: "role", Props: tagged("acme", nil)}, {Type: secretOnAWS, Name: "secret", Props: tagged("brick", nil)},
		}},
	},
}

// grantsOwn follows the dependencies of a grant: everything it was written from
// belongs to the grantee or to all. Grantees that are shared are the operator's.
func grantsOwn(s *rule.Stack, r *rule.Report, tenant rule.Value[string], grant *rule.Resource, prop string, types []string) {
	ofTenant(r, tenant, func(name string) {
		if name == shared {
			return
		}
		for _, target := range rule.Linked[owned](s, grant, prop, types...) {
			ofTenant(r, target.tenant(), func(of string) {
				if !slices.Contains([]string{name, shared}, of) {
					r.Found(grant.At(prop), target.Name()+" of "+of, "what belongs to "+name+" or is shared")
				}
			})
		}
	})
}

func granted(to string, of ...string) []rule.Given {
	given := []rule.Given{{Type: policyOnAWS, Name: "policy", Props: tagged(to, nil), Links: rule.Links{"policy": {}}}}
	for _, tenant := range of {
		given = append(given, rule.Given{Type: bucketOnAWS, Name: "of-" + tenant, Props: tagged(tenant, nil)})
		given[0].Links["policy"] = append(given[0].Links["policy"], "of-"+tenant)
	}
	return given
}
