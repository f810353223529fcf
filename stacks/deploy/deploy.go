// Package deploy is the program of every stack: it reads what a stack's file asks
// for, and composes the parts that its cloud builds. It links no cloud itself.
package deploy

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/column"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
)

// Run is the main function of a program that links the given columns.
func Run(columns Columns) {
	pulumi.Run(func(ctx *pulumi.Context) error { return Program(ctx, columns) })
}

// Program loads the configuration and declares what it asks for.
func Program(ctx *pulumi.Context, columns Columns) error {
	config, err := Load(ctx, columns)
	if err != nil {
		return err
	}
	for _, note := range config.Notes() {
		if err := ctx.Log.Info(note, nil); err != nil {
			return err
		}
	}
	return Build(ctx, config, columns)
}

// Build declares the sections of the stack: account, cell, tenants. The
// configuration has no problems; Load says so.
func Build(ctx *pulumi.Context, cfg Config, columns Columns) error {
	s, err := newStack(ctx, cfg, columns.Of(cfg.Home.Cloud))
	if err != nil {
		return err
	}
	ctx.Export("runtime", cfg.facts())
	if err := s.account(); err != nil {
		return err
	}
	cell, err := s.cell()
	if err != nil {
		return err
	}
	return s.tenants(cell)
}

// stack is a stack under construction.
type stack struct {
	ctx    *pulumi.Context
	cfg    Config
	column column.Column
	scope  scope.Scope  // at home, for what tenants share, or in a silo for its tenant
	away   *scope.Place // the recovery region; nil where there is none
}

// newStack declares the providers. Their names say the place, so that a stack's
// providers can be told apart in a plan.
func newStack(ctx *pulumi.Context, cfg Config, c column.Column) (*stack, error) {
	s := &stack{ctx: ctx, cfg: cfg, column: c, scope: scope.Scope{
		Stack:        value.Stack(ctx.Stack()),
		Jurisdiction: cfg.Jurisdiction,
		Environment:  cfg.Environment,
		Account:      cfg.AccountID,
		Number:       cfg.Number,
		Place:        scope.Place{Region: cfg.Home},
		Owner:        cfg.Owner,
		Cell:         value.Shared,
		CellStack:    value.Stack(ctx.Stack()),
		Tenant:       value.Shared,
		Zone:         scope.Management,
		DataClass:    scope.Internal,
	}}
	if silo, ok := cfg.Silo(); ok {
		s.scope.Cell, s.scope.Tenant = silo.Name, silo.Name
	}
	if cfg.Cell != nil && !cfg.Cell.IsOwned() {
		s.scope.CellStack = cfg.Cell.Stack
	}
	var err error
	if s.scope.Place.Provider, err = c.Provider(ctx, string(cfg.Home.ID), s.scope); err != nil {
		return nil, err
	}
	if cfg.Recovery.ID == "" {
		return s, nil
	}
	s.away = &scope.Place{Region: cfg.Recovery}
	s.away.Provider, err = c.Provider(ctx, string(cfg.Recovery.ID), s.scope.At(*s.away))
	return s, err
}

// facts says in the state which runtime it is, for those who look at the state
// alone, such as `pulumi policy analyze`. The shape is that of the configuration.
func (c Config) facts() pulumi.Map {
	facts := pulumi.Map{
		"jurisdiction": pulumi.String(c.Jurisdiction),
		"environment":  pulumi.String(c.Environment),
		"accountId":    pulumi.String(c.AccountID),
		"home":         pulumi.String(c.Home.ID),
	}
	if c.Recovery.ID != "" {
		facts["recovery"] = pulumi.String(c.Recovery.ID)
	}
	if c.Account != nil {
		facts["account"] = ownedBy(c.Account.Stack)
	}
	if c.Cell != nil {
		facts["cell"] = ownedBy(c.Cell.Stack)
	}
	tenants := pulumi.Array{}
	for _, t := range c.Tenants {
		tenants = append(tenants, pulumi.StringMap{"name": pulumi.String(t.Name), "isolation": pulumi.String(t.Isolation)})
	}
	facts["tenants"] = tenants
	return facts
}

// ownedBy is a section that another stack owns or, without a name, this one.
func ownedBy(stack value.Stack) pulumi.StringMap {
	if stack == "" {
		return pulumi.StringMap{}
	}
	return pulumi.StringMap{"stack": pulumi.String(stack)}
}
