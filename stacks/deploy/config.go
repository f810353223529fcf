package deploy

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/tenant"
	"tenant-runtime/regions"
	"tenant-runtime/stacks/deploy/strict"
)

// Config is everything that differs between stacks. Every value is well formed
// once it exists; check.go says what must hold between values.
type Config struct {
	// Jurisdiction is the law that all data stays under.
	Jurisdiction regions.Jurisdiction `json:"jurisdiction" example:"CH"`

	// Environment changes tags and names, and no guarantee.
	Environment scope.Environment `json:"environment" example:"prod"`

	// Owner is the team that answers for the resources.
	Owner Team `json:"owner" example:"platform"`

	// Account holds the shared cell.
	Account Account `json:"account" example:"'111122223333'"`

	// Number is a GCP project's own: its service agents are called by it.
	Number ProjectNumber `json:"number,omitempty" example:"'123456789012'"`

	// Home is where the runtime runs. The cloud follows from it.
	Home regions.ID `json:"home" example:"eu-central-2"`

	// Recovery is where it is rebuilt when Home is lost: given where, and only
	// where, the jurisdiction has a second region on the cloud.
	Recovery regions.ID `json:"recovery,omitempty"`

	// The rest is given where, and only where, the whole runtime is built (see
	// whole in check.go).

	// Network is the range of the shared cell.
	Network Network `json:"network,omitzero" example:"10.64.0.0/16"`

	// DNSZone holds Hosts.
	DNSZone DNSZone `json:"dnsZone,omitzero" example:"{id: Z0123456789EXAMPLE, name: ch.example.com}"`

	// Hosts are served by the shared cell. The first names the certificate.
	Hosts []Host `json:"hosts,omitempty" example:"[app.ch.example.com]"`

	// Alarms reach these people, day and night.
	Alarms Alarms `json:"alarms,omitzero" example:"{emails: [oncall@example.com], sms: ['+491713920001']}"`

	// Egress lists the third parties that workloads may call (NET-09).
	Egress []Host `json:"egress,omitempty"`

	Tenants []Tenant `json:"tenants,omitempty"`
}

// DNSZone is a public zone. No stack owns it, because it outlives a lost region.
type DNSZone struct {
	ID   ZoneID `json:"id" example:"Z0123456789EXAMPLE"`
	Name Host   `json:"name" example:"ch.example.com"`
}

// Alarms lists two kinds of channel, because one may be down (LOG-09).
type Alarms struct {
	Emails []Email `json:"emails" example:"[oncall@example.com]"`
	SMS    []Phone `json:"sms" example:"['+491713920001']"`
}

// Tenant is a customer of the runtime. A silo has an account, a network, a zone and
// hosts of its own; the others live in the shared cell and have none of these.
type Tenant struct {
	Name      TenantName       `json:"name" example:"alpine"`
	Isolation tenant.Isolation `json:"isolation" example:"bridge"`

	Account Account `json:"account,omitempty" example:"'444455556666'"`
	Network Network `json:"network,omitzero" example:"10.65.0.0/18"`
	DNSZone DNSZone `json:"dnsZone,omitzero" example:"{id: Z9876543210EXAMPLE, name: alpine.ch.example.com}"`
	Hosts   []Host  `json:"hosts,omitempty" example:"[alpine.ch.example.com]"`
}

// The configuration is one object under this key, so that a typing error in a key
// cannot leave a setting at a default.
const (
	namespace = "tenant-runtime"
	root      = "runtime"
	key       = namespace + ":" + root
)

// Load reads and checks the configuration of the stack. Its error lists everything
// that has to be corrected.
func Load(ctx *pulumi.Context) (Config, error) {
	text, given := ctx.GetConfig(key)
	if !given {
		return Config{}, fmt.Errorf("stack %[1]s has no configuration: describe it under %[2]s in stacks/config/Pulumi.%[1]s.yaml, with stacks/config/Pulumi.eu.yaml as the example", ctx.Stack(), key)
	}
	c, problems := Parse([]byte(text))
	if err := problems.Err(); err != nil {
		return Config{}, fmt.Errorf("%s in stacks/config/Pulumi.%s.yaml has %w", key, ctx.Stack(), err)
	}
	return c, nil
}

// Parse reads and checks a configuration written as JSON. The configuration may be
// used only when there are no problems.
func Parse(text []byte) (Config, strict.Problems) {
	var c Config
	unreadable := strict.Decode(root, text, &c)
	return c, unreadable.Merge(c.Problems())
}

// Cloud returns the cloud, which follows from the home region.
func (c Config) Cloud() regions.Cloud {
	home, _ := regions.Lookup(c.Home)
	return home.Cloud
}

// Notes says what the accounts need before the first update, because no update can
// do it.
func (c Config) Notes() []string {
	var notes []string
	for _, id := range []regions.ID{c.Home, c.Recovery} {
		switch r, _ := regions.Lookup(id); r.Access {
		case regions.OptIn:
			notes = append(notes, fmt.Sprintf("%s is an opt-in region: enable it in every account of the stack first; that takes minutes", id))
		case regions.Restricted:
			notes = append(notes, fmt.Sprintf("%s is a restricted region: ask the supplier for access to it first; a drill that assumes it must have it", id))
		}
	}
	return notes
}
