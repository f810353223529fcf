package ten

import (
	"slices"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/tenancy"
	"tenant-runtime/regions"
)

// TenantOwnIdentity is TEN-09.
var TenantOwnIdentity = rule.Rule{
	ID: "TEN-09", Name: "own-identity", Title: "No identity reaches the data of two tenants",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "An identity that two tenants share lets each into the data of the other, and the log cannot tell who went through.",
	Fix: "Declare one components/tenant per tenant, which grants its role its own stores only.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(func(v tenancy.Owned, s *rule.Stack, r *rule.Report) {
				grantsOwn(s, r, v.Tenant(), v.Resource, "policy", tenancy.Stores.AWS)
			}, aws.IAMPolicy),
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				for _, role := range rule.Linked[tenancy.Owned](s, v.Resource, "role", aws.IAMRole) {
					grantsOwn(s, r, role.Tenant(), v.Resource, "policyArn", []string{aws.IAMPolicy})
				}
			}, aws.IAMRolePolicyAttachment),
			rule.InStack(func(v struct{ *rule.Resource }, s *rule.Stack, r *rule.Report) {
				for _, role := range rule.Linked[tenancy.Owned](s, v.Resource, "role", aws.IAMRole) {
					grantsOwn(s, r, role.Tenant(), v.Resource, "policy", tenancy.Stores.AWS)
				}
			}, aws.IAMRolePolicy),
		),
		GCP:   rule.Pending("tenant"),
		Azure: rule.Pending("tenant"),
	},
	Good: []rule.Example{
		{Given: granted("acme", "acme", tenancy.Shared), Runtime: tenancy.Runtime},
		{Given: []rule.Given{
			{Type: aws.IAMRolePolicyAttachment, Name: "grant", Links: rule.Links{"role": {"role"}, "policyArn": {"policy"}}},
			{Type: aws.IAMRole, Name: "role", Props: tenancy.Tagged("acme", nil)}, {Type: aws.IAMPolicy, Name: "policy", Props: tenancy.Tagged("acme", nil)},
		}, Runtime: tenancy.Runtime},
	},
	Bad: []rule.Example{
		{Caught: "policy", Given: granted("acme", "acme", "brick"), DecidedWithout: true, Runtime: tenancy.Runtime},
		{Caught: "policyArn", DecidedWithout: true, Runtime: tenancy.Runtime, Given: []rule.Given{
			{Type: aws.IAMRolePolicyAttachment, Name: "grant", Links: rule.Links{"role": {"role"}, "policyArn": {"policy"}}},
			{Type: aws.IAMRole, Name: "role", Props: tenancy.Tagged("acme", nil)}, {Type: aws.IAMPolicy, Name: "policy", Props: tenancy.Tagged("brick", nil)},
		}},
		{Caught: "policy", DecidedWithout: true, Runtime: tenancy.Runtime, Given: []rule.Given{
			{Type: aws.IAMRolePolicy, Name: "grant", Links: rule.Links{"role": {"role"}, "policy": {"secret"}}},
			{Type: aws.IAMRole, Name: "role", Props: tenancy.Tagged("acme", nil)}, {Type: aws.SecretsManagerSecret, Name: "secret", Props: tenancy.Tagged("brick", nil)},
		}},
	},
}

// grantsOwn follows the dependencies of a grant: everything it was written from
// belongs to the grantee or to all. Grantees that are shared are the operator's.
func grantsOwn(s *rule.Stack, r *rule.Report, tenant rule.Value[string], grant *rule.Resource, prop string, types []string) {
	tenancy.OfTenant(r, tenant, func(name string) {
		if name == tenancy.Shared {
			return
		}
		for _, target := range rule.Linked[tenancy.Owned](s, grant, prop, types...) {
			tenancy.OfTenant(r, target.Tenant(), func(of string) {
				if !slices.Contains([]string{name, tenancy.Shared}, of) {
					r.Found(grant.At(prop), target.Name()+" of "+of, "what belongs to "+name+" or is shared")
				}
			})
		}
	})
}

func granted(to string, of ...string) []rule.Given {
	given := []rule.Given{{Type: aws.IAMPolicy, Name: "policy", Props: tenancy.Tagged(to, nil), Links: rule.Links{"policy": {}}}}
	for _, tenant := range of {
		given = append(given, rule.Given{Type: aws.S3BucketV2, Name: "of-" + tenant, Props: tenancy.Tagged(tenant, nil)})
		given[0].Links["policy"] = append(given[0].Links["policy"], "of-"+tenant)
	}
	return given
}
