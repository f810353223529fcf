// Package scopetest makes scopes for the tests of components.
package scopetest

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
)

// Account is the account of every test, as its cloud writes accounts.
var Account = regions.Each[string]{AWS: "111111111111", GCP: "project-one", Azure: "11111111-1111-4111-a111-111111111111"}

type provider struct {
	kind string
	args func(account string, home regions.Region) pulumi.Map
}

var providers = regions.Each[provider]{
	AWS: provider{"pulumi:providers:aws", func(account string, home regions.Region) pulumi.Map {
		return pulumi.Map{"region": pulumi.String(home.ID), "allowedAccountIds": pulumi.ToStringArray([]string{account})}
	}},
	GCP: provider{"pulumi:providers:gcp", func(account string, home regions.Region) pulumi.Map {
		return pulumi.Map{"region": pulumi.String(home.ID), "project": pulumi.String(account)}
	}},
	Azure: provider{"pulumi:providers:azure-native", func(account string, home regions.Region) pulumi.Map {
		return pulumi.Map{"location": pulumi.String(home.ID), "subscriptionId": pulumi.String(account)}
	}},
}

// Home is the first region of a jurisdiction in which a stack can be at home.
func Home(c regions.Cloud, j regions.Jurisdiction) regions.Region {
	for _, r := range regions.In(c, j) {
		if r.HasThreeZones() {
			return r
		}
	}
	panic("scopetest: no home for " + string(j) + " on " + string(c))
}

// In returns a production scope of what tenants share, with a provider declared
// for its home. The stack is named after the jurisdiction.
func In(ctx *pulumi.Context, home regions.Region) (scope.Scope, error) {
	p, account := &pulumi.ProviderResourceState{}, Account.Of(home.Cloud)
	of := providers.Of(home.Cloud)
	err := ctx.RegisterResource(of.kind, "home", of.args(account, home), p)
	return scope.Scope{
		Stack:        strings.ToLower(string(home.Jurisdiction)),
		Jurisdiction: home.Jurisdiction,
		Environment:  scope.Production,
		Account:      account,
		Number:       "222222222222",
		Home:         scope.Place{Region: home, Provider: p},
		Owner:        "platform",
		Tenant:       scope.Shared,
		Zone:         scope.Management,
		DataClass:    scope.Internal,
	}, err
}

// Waits returns everything that a resource waits for, directly or not, and itself.
func Waits(plan *mock.Plan, of resource.URN) map[resource.URN]bool {
	on, found := map[resource.URN][]resource.URN{}, map[resource.URN]bool{}
	for _, r := range plan.Resources {
		on[r.URN] = r.Dependencies
	}
	for queue := []resource.URN{of}; len(queue) > 0; queue = queue[1:] {
		if !found[queue[0]] {
			found[queue[0]] = true
			queue = append(queue, on[queue[0]]...)
		}
	}
	return found
}
