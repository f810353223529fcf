package ten

import (
	"fmt"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/tenancy"
	"tenant-runtime/regions"
)

// SiloInOwnAccount is TEN-02.
var SiloInOwnAccount = rule.Rule{
	ID: "TEN-02", Name: "silo", Title: "A tenant in silo has an account, and with it networks and keys, of its own",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "The account is the only border that no policy inside of it can open.",
	Fix: "Write a stack file for the tenant alone, with an account and a cell of its own.",
	Always: []rule.Check{rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
		r.Looked()
		rt := r.Runtime()
		silo, ok := rt.Silo()
		switch {
		case ok && len(rt.Tenants) > 1:
			r.Found(v.Resource, fmt.Sprintf("silo %s among %d tenants", silo.Name, len(rt.Tenants)), "a stack of its own")
		case ok && rt.AccountOf() != "":
			r.Found(v.Resource, fmt.Sprintf("silo %s in the account of stack %s", silo.Name, rt.AccountOf()), "an account of its own")
		}
	}, "pulumi:pulumi:Stack")},
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(builtInOwnAccount, "aws:*"),
			rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
				r.Looked()
				if silo, ok := r.Runtime().Silo(); ok {
					r.Found(v.Resource, "a peering in a stack with silo "+silo.Name, "no way between networks")
				}
			}, aws.EC2VpcPeeringConnection),
		),
		GCP:   rule.Pending("tenant"),
		Azure: rule.Pending("tenant"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: "pulumi:pulumi:Stack"}}, Runtime: tenancy.Runtime},
		{Given: []rule.Given{{Type: "pulumi:pulumi:Stack"}}, Runtime: tenancy.Silo},
		{Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged("crown", nil), Provider: tenancy.InAccount("444455556666")}}, Runtime: tenancy.Silo},
		{Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged(tenancy.Shared, nil), Provider: tenancy.InAccount("111122223333")}}, Runtime: tenancy.Runtime},
		{Given: []rule.Given{{Type: aws.EC2VpcPeeringConnection}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: "pulumi:pulumi:Stack"}}, Runtime: &rule.Runtime{Account: "1", Tenants: []rule.Tenant{{Name: "crown", Isolation: "silo"}, {Name: "acme", Isolation: "pool"}}}},
		{Given: []rule.Given{{Type: "pulumi:pulumi:Stack"}}, Runtime: &rule.Runtime{Account: "1", Tenants: []rule.Tenant{{Name: "crown", Isolation: "silo"}}, CellSection: &rule.Section{Stack: "eu"}}},
		{Caught: "provider.allowedAccountIds[0]", Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged("crown", nil), Provider: tenancy.InAccount("111122223333")}}, Runtime: tenancy.Silo},
		{Caught: "provider.allowedAccountIds[0]", Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged("acme", nil), Provider: tenancy.InAccount("444455556666")}}, Runtime: tenancy.Runtime},
		{Caught: "tags.tenant", Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged(tenancy.Shared, nil), Provider: tenancy.InAccount("444455556666")}}, Runtime: tenancy.Silo},
		{Given: []rule.Given{{Type: aws.EC2VpcPeeringConnection}}, Runtime: tenancy.Silo},
	},
}

// builtInOwnAccount compares the stack's account with the only one that the provider
// of whatever is tagged may build in. In a silo's stack all is the tenant's.
func builtInOwnAccount(v tenancy.Owned, r *rule.Report) {
	rt := r.Runtime()
	if rt.Account == "" {
		return // the program refuses a configuration without account
	}
	tenancy.OfTenant(r, v.Tenant(), func(name string) {
		if silo, ok := rt.Silo(); ok {
			rule.Must(r, v.Tag, silo.Name, rule.AbsentIsBad)
		}
		only := rule.Provider[struct {
			Accounts rule.List[rule.Value[string]] `prop:"allowedAccountIds"`
		}](v.Resource).Accounts
		rule.ForEach(r, only, rule.AbsentIsBad, "account "+rt.Account+" and no other", func(id rule.Value[string]) { rule.Must(r, id, rt.Account, rule.AbsentIsBad) })
	})
}
