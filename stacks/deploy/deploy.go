// Package deploy composes a stack: one jurisdiction's runtime with its tenants.
package deploy

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/tenant"
	"tenant-runtime/regions"
)

// Build declares everything the configuration asks for: the shared cell, then each
// tenant, a silo with a cell of its own before it. The configuration has no
// problems; Load says so.
func Build(ctx *pulumi.Context, cfg Config) error {
	s, err := cfg.scope(ctx, "shared", string(cfg.Account), false)
	if err != nil {
		return err
	}
	shared, err := buildCell.Of(cfg.Cloud())(ctx, cfg, site{scope: s, network: cfg.Network.Prefix, hosts: cfg.Hosts, dnsZone: cfg.DNSZone})
	if err != nil {
		return err
	}
	shared.export(ctx)
	ctx.Export("runtime", cfg.facts())
	for _, t := range cfg.Tenants {
		if err := buildTenant(ctx, cfg, shared, t); err != nil {
			return fmt.Errorf("tenant %s: %w", t.Name, err)
		}
	}
	return nil
}

func buildTenant(ctx *pulumi.Context, cfg Config, home *cell, t Tenant) error {
	name := string(t.Name)
	if t.Isolation == tenant.Silo {
		s, err := cfg.scope(ctx, name, string(t.Account), true)
		if err != nil {
			return err
		}
		home, err = buildCell.Of(cfg.Cloud())(ctx, cfg, site{scope: s.For(name), network: t.Network.Prefix, hosts: t.Hosts, dnsZone: t.DNSZone})
		if err != nil {
			return err
		}
		home.export(ctx)
	}
	made, err := tenant.New(ctx, name, tenant.Args{
		Scope:     home.scope.For(name).Holding(scope.Customer),
		Isolation: t.Isolation,
		Cell:      tenant.Cell{Network: home.network, Keys: home.keys, Copies: home.away, Storage: home.storage, Database: home.database, Alarms: home.alarms.Topic},
	})
	if err != nil {
		return err
	}
	ctx.Export(name+"-identity", made.Identity)
	return nil
}

// scope declares the providers of an account and returns the scope of what is
// built there.
func (c Config) scope(ctx *pulumi.Context, name, account string, assume bool) (scope.Scope, error) {
	s := scope.Scope{
		Stack:        ctx.Stack(),
		Jurisdiction: c.Jurisdiction,
		Environment:  c.Environment,
		Account:      account,
		Number:       string(c.Number),
		Owner:        string(c.Owner),
		Tenant:       scope.Shared,
		Zone:         scope.Management,
		DataClass:    scope.Internal,
	}
	home, _ := regions.Lookup(c.Home)
	p, err := provider(ctx, name, target{c, home, account, assume})
	if err != nil {
		return s, err
	}
	s.Home = scope.Place{Region: home, Provider: p}
	// A recovery region on another cloud has a stack of its own.
	if away, ok := regions.Lookup(c.Recovery); ok && away.Cloud == home.Cloud {
		p, err := provider(ctx, name, target{c, away, account, assume})
		if err != nil {
			return s, err
		}
		s.Recovery = &scope.Place{Region: away, Provider: p}
	}
	return s, nil
}

// facts says in the state which runtime it is, for those who look at the state
// alone, such as `pulumi policy analyze`.
func (c Config) facts() pulumi.Map {
	tenants := pulumi.Array{}
	for _, t := range c.Tenants {
		tenants = append(tenants, pulumi.ToStringMap(map[string]string{
			"name": string(t.Name), "isolation": string(t.Isolation), "account": string(t.Account),
		}))
	}
	return pulumi.Map{
		"jurisdiction": pulumi.String(c.Jurisdiction),
		"environment":  pulumi.String(c.Environment),
		"home":         pulumi.String(c.Home),
		"recovery":     pulumi.String(c.Recovery),
		"account":      pulumi.String(c.Account),
		"tenants":      tenants,
	}
}

// export names what operators look for first.
func (c *cell) export(ctx *pulumi.Context) {
	if c.edge != nil {
		ctx.Export(c.name("address"), c.edge.Address)
	}
	if c.backup != nil {
		ctx.Export(c.name("vault"), c.backup.Vault)
	}
	for purpose, store := range c.storage.Names {
		ctx.Export(c.name("store-"+string(purpose)), store)
	}
}
