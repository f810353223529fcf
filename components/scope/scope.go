// Package scope says for whom and where a component builds: jurisdiction,
// environment, placement, tenant, zone, data class and provider.
//
// Guarantees: every resource is attributable from inventory alone (RES-15),
// every resource names its provider (RES-01), and names carry what keeps a
// rebuilt region from colliding with the lost one (HAD-07).
package scope

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/naming"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
)

// Environment is the stage of a stack. Production has no extra guarantees: all
// stages have all of them.
type Environment string

// The environments. Drill is production rebuilt elsewhere for an exercise.
const (
	Production Environment = "prod"
	Staging    Environment = "staging"
	Dev        Environment = "dev"
	Drill      Environment = "drill"
)

// Environments lists the environments a stack can be.
var Environments = []Environment{Production, Staging, Dev, Drill}

// HoldsRealData says whether customers' data may be in the environment (ENV-02).
func (e Environment) HoldsRealData() bool { return e == Production || e == Drill }

// UnmarshalText accepts one of Environments.
func (e *Environment) UnmarshalText(text []byte) error {
	if got := Environment(text); slices.Contains(Environments, got) {
		*e = got
		return nil
	}
	return fmt.Errorf("%q is not an environment: use one of %v", text, Environments)
}

// Zone is a security zone of the network (NET-03), from least to most trusted.
type Zone string

// The security zones. What lies in no subnet is tagged with the zone it serves.
const (
	Edge       Zone = "edge"       // public: load balancers, NAT and firewall endpoints only (NET-04)
	App        Zone = "app"        // workloads
	Data       Zone = "data"       // databases; no way to the Internet
	Backup     Zone = "backup"     // backup traffic on interfaces of its own (NET-11)
	Management Zone = "management" // platform endpoints, keys, audit
)

// Zones lists the security zones in the order in which their addresses are laid out.
var Zones = []Zone{Edge, App, Data, Backup, Management}

// DataClass says how bad a leak would be (DAT-09). There is no class for
// cardholder data: it is never stored (NET-10).
type DataClass string

// The data classes.
const (
	Public       DataClass = "public"
	Internal     DataClass = "internal"     // the operator's own: configuration, topology
	Confidential DataClass = "confidential" // audit and security logs, keys
	Customer     DataClass = "customer"     // tenants' data
)

// Place is a region and the provider that reaches it.
type Place struct {
	Region   regions.Region
	Provider pulumi.ProviderResource
}

// Scope is passed to every component. It is a value: In, At, For and Holding
// return changed copies.
type Scope struct {
	Stack        value.Stack // first part of every physical name
	Section      string      // second part for what is not a cell's: "account"; otherwise empty
	Jurisdiction regions.Jurisdiction
	Environment  Environment
	Account      value.Account
	Number       value.ProjectNumber // GCP: by which the project's service agents are called; empty elsewhere
	Place        Place
	Owner        value.Team   // answers for the resources
	Cell         value.Tenant // whose the cell is: value.Shared, or the tenant's in silo
	CellStack    value.Stack  // stack that owns the cell: Stack, or the one whose cell its tenants are in
	Tenant       value.Tenant // whose the resource is: Cell's, or a tenant's in it
	Zone         Zone
	DataClass    DataClass
}

// In returns the scope for another security zone.
func (s Scope) In(zone Zone) Scope { s.Zone = zone; return s }

// For returns the scope for a tenant.
func (s Scope) For(tenant value.Tenant) Scope { s.Tenant = tenant; return s }

// Holding returns the scope for another data class.
func (s Scope) Holding(class DataClass) Scope { s.DataClass = class; return s }

// At returns the scope at another place.
func (s Scope) At(place Place) Scope { s.Place = place; return s }

// Name returns the physical name of a resource: Label, and then whatever makes it
// unique where its kind must be. Kind is the type token. Names of account-wide
// kinds carry the region, world-wide ones the account too, so that a region can be
// rebuilt beside the lost one.
func (s Scope) Name(kind string, parts ...string) string {
	all := s.parts(parts)
	switch naming.UniqueIn(kind) {
	case naming.Account:
		all = append(all, string(s.Place.Region.ID))
	case naming.World:
		all = append(all, string(s.Place.Region.ID), string(s.Account))
	}
	return naming.Name(kind, all...)
}

// Label is what people call a resource, in the tag Name: the stack and the parts, and
// for what is a tenant's in a shared cell the cell's stack and the tenant.
func (s Scope) Label(parts ...string) string { return strings.Join(s.parts(parts), "-") }

func (s Scope) parts(parts []string) []string {
	all := []string{string(s.Stack)}
	if s.Section != "" {
		all = append(all, s.Section)
	}
	if s.Tenant != s.Cell {
		// By the cell, whichever stack the tenant is in: folders and database users are the
		// cell's and bear the tenant's name alone, so a second tenant of that name must meet
		// the first one's resources.
		all = []string{string(s.CellStack), string(s.Tenant)}
	}
	return append(all, parts...)
}

// Tags returns the tags of RES-15 for AWS and Azure, with the given Name.
func (s Scope) Tags(name string) pulumi.StringMap {
	tags := toMap(s.facts())
	tags["Name"] = pulumi.String(name)
	return tags
}

// TagsWith returns Tags and more; it never replaces one of ours.
func (s Scope) TagsWith(name string, more map[string]string) pulumi.StringMap {
	tags := toMap(more)
	maps.Copy(tags, s.Tags(name))
	return tags
}

// Backed returns the tag by which the cell's backup plan finds a store (BAK-10),
// for TagsWith. It names the cell's stack: two cells in one account, such as a
// drill's and the one it rehearses, do not back up each other's stores.
func (s Scope) Backed() map[string]string { return map[string]string{"backup": string(s.CellStack)} }

// Labels returns the same facts in the lower case that GCP insists on.
func (s Scope) Labels() pulumi.StringMap {
	labels := pulumi.StringMap{}
	for k, v := range s.facts() {
		labels[strings.ToLower(k)] = pulumi.String(strings.ToLower(v))
	}
	return labels
}

func (s Scope) facts() map[string]string {
	return map[string]string{
		"jurisdiction": string(s.Jurisdiction),
		"environment":  string(s.Environment),
		"zone":         string(s.Zone),
		"tenant":       string(s.Tenant),
		"dataClass":    string(s.DataClass),
		"owner":        string(s.Owner),
	}
}

func toMap(facts map[string]string) pulumi.StringMap {
	m := pulumi.StringMap{}
	for k, v := range facts {
		m[k] = pulumi.String(v)
	}
	return m
}

// After returns the value, but not before the resources exist: what a consumer
// gets of a component waits for the resources that harden it. During a preview it
// is as known as the value is.
func After(value pulumi.StringOutput, hardening ...pulumi.Resource) pulumi.StringOutput {
	all := []any{value}
	for _, r := range hardening {
		all = append(all, r.URN())
	}
	return pulumi.All(all...).ApplyT(func(all []any) string { return all[0].(string) }).(pulumi.StringOutput)
}

// Check reports what a component could not work with. It guards against mistakes
// of our own code; a user's are found by the stack's configuration first.
func (s Scope) Check() error {
	missing := []string{}
	for name, value := range map[string]string{
		"Stack": string(s.Stack), "Jurisdiction": string(s.Jurisdiction), "Environment": string(s.Environment), "Account": string(s.Account),
		"Place.Region": string(s.Place.Region.ID), "Owner": string(s.Owner), "Cell": string(s.Cell), "CellStack": string(s.CellStack), "Tenant": string(s.Tenant),
		"Zone": string(s.Zone), "DataClass": string(s.DataClass),
	} {
		if value == "" {
			missing = append(missing, name)
		}
	}
	switch {
	case len(missing) > 0:
		return fmt.Errorf("scope lacks %s", strings.Join(slices.Sorted(slices.Values(missing)), ", "))
	case s.Place.Provider == nil:
		return fmt.Errorf("scope lacks Place.Provider: default providers are switched off")
	case s.Place.Region.Jurisdiction != s.Jurisdiction:
		return fmt.Errorf("region %s is not in %s", s.Place.Region.ID, s.Jurisdiction)
	}
	return nil
}
