// Package scopetest makes scopes and sites for the tests of components.
package scopetest

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
)

// Account is the account of every test, as its cloud writes accounts.
var Account = regions.Each[value.Account]{AWS: "111111111111", GCP: "project-one", Azure: "11111111-1111-4111-a111-111111111111"}

type provider struct {
	kind string
	args func(account value.Account, home regions.Region) pulumi.Map
}

var providers = regions.Each[provider]{
	AWS: provider{"pulumi:providers:aws", func(account value.Account, home regions.Region) pulumi.Map {
		return pulumi.Map{"region": pulumi.String(home.ID), "allowedAccountIds": pulumi.ToStringArray([]string{string(account)})}
	}},
	GCP: provider{"pulumi:providers:gcp", func(account value.Account, home regions.Region) pulumi.Map {
		return pulumi.Map{"region": pulumi.String(home.ID), "project": pulumi.String(account)}
	}},
	Azure: provider{"pulumi:providers:azure-native", func(account value.Account, home regions.Region) pulumi.Map {
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

// Partner is another region of the same cloud and jurisdiction, if there is one.
func Partner(home regions.Region) (regions.Region, bool) {
	for _, r := range regions.In(home.Cloud, home.Jurisdiction) {
		if r.ID != home.ID {
			return r, true
		}
	}
	return regions.Region{}, false
}

// In returns a production scope of what tenants share, with a provider declared
// for its home. The stack is named after the jurisdiction.
func In(ctx *pulumi.Context, home regions.Region) (scope.Scope, error) {
	p, account := &pulumi.ProviderResourceState{}, Account.Of(home.Cloud)
	of := providers.Of(home.Cloud)
	err := ctx.RegisterResource(of.kind, "home", of.args(account, home), p)
	return scope.Scope{
		Stack:        value.Stack(strings.ToLower(string(home.Jurisdiction))),
		Jurisdiction: home.Jurisdiction,
		Environment:  scope.Production,
		Account:      account,
		Number:       "222222222222",
		Place:        scope.Place{Region: home, Provider: p},
		Owner:        "platform",
		Cell:         value.Shared,
		CellStack:    value.Stack(strings.ToLower(string(home.Jurisdiction))),
		Tenant:       value.Shared,
		Zone:         scope.Management,
		DataClass:    scope.Internal,
	}, err
}

// named is a resource of AWS of which only the ARN matters.
type named struct {
	pulumi.CustomResourceState
	ARN pulumi.StringOutput `pulumi:"arn"`
}

// Site returns a site on AWS with the scope of In: plain keys called
// "home-database", "home-logs" and so on, one for every purpose, and the topic
// "home-alarms". They are as little as the simulator lets others refer to.
func Site(ctx *pulumi.Context, home regions.Region) (site.Site, error) {
	s, err := In(ctx, home)
	if err != nil {
		return site.Site{}, err
	}
	if home.Cloud != regions.AWS {
		return site.Site{}, fmt.Errorf("scopetest: there is no site on %s: declare its keys by their column", home.Cloud)
	}
	at := site.Site{Scope: s, Keys: keys.Ref{}}
	for _, purpose := range []keys.Purpose{keys.Database, keys.Storage, keys.Logs, keys.Backup, keys.Copies, keys.Secrets, keys.Messaging} {
		key := &named{}
		if err := ctx.RegisterResource("aws:kms/key:Key", "home-"+string(purpose), pulumi.Map{}, key, pulumi.Provider(s.Place.Provider)); err != nil {
			return site.Site{}, err
		}
		at.Keys[purpose] = keys.Key{ID: key.ARN}
	}
	topic := &named{}
	err = ctx.RegisterResource("aws:sns/topic:Topic", "home-alarms", pulumi.Map{}, topic, pulumi.Provider(s.Place.Provider))
	at.Alarms = monitoring.Ref{Topic: topic.ARN}
	return at, err
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
