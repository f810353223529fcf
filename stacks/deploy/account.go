package deploy

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/account"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/logging"
	"tenant-runtime/components/ref"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/regions"
)

// account declares what the account has once, or makes sure that its owner closed
// it where this stack's cell is to be.
func (s *stack) account() error {
	switch {
	case s.cfg.Account.IsOwned():
		return s.ownAccount()
	case s.cfg.Account != nil:
		return s.checkAccount()
	}
	return nil
}

// ownAccount closes the account and keeps its audit trail. The trail's keys and
// stores are the account's own: a cell can come and go without them.
func (s *stack) ownAccount() error {
	at := s.scope
	at.Section = "account"
	args := account.Args{Scope: at}
	if s.away != nil {
		args.Away = []scope.Place{*s.away}
	}
	closed, err := s.column.Account(s.ctx, "account", args)
	if err != nil {
		return err
	}
	k, err := s.column.Keys(s.ctx, "account-keys", keys.Args{Scope: at, Purposes: []keys.Purpose{keys.Logs}})
	if err != nil {
		return err
	}
	stores, err := s.column.Storage(s.ctx, "account-storage", storage.Args{
		Scope: at, Keys: k, Purposes: []storage.Purpose{storage.Logs, storage.Archive},
	})
	if err != nil {
		return err
	}
	trail, err := s.column.Logging(s.ctx, "account-logging", logging.Args{Scope: at, Keys: k, Archive: stores.Of(storage.Archive).Name})
	if err != nil {
		return err
	}
	if err := s.export("account", closed); err != nil {
		return err
	}
	return s.export("trail", trail)
}

// checkAccount compares with what the owner of the account exported.
func (s *stack) checkAccount() error {
	var closed account.Ref
	owner := s.cfg.Account.Stack
	if err := s.read(owner, "account", &closed); err != nil {
		return err
	}
	if closed.ID != s.cfg.AccountID {
		return fmt.Errorf("%s.accountId: %q is not the account of stack %s, which owns %s: write that, or name the stack that owns %[2]q", root, s.cfg.AccountID, owner, closed.ID)
	}
	if closed.Of != s.scope.Cell {
		return fmt.Errorf("%s.account.stack: the account of stack %s is tenant %s's alone (TEN-02): name the stack of another account", root, owner, closed.Of)
	}
	for _, at := range []struct {
		key    string
		region regions.ID
	}{{"home", s.cfg.Home.ID}, {"recovery", s.cfg.Recovery.ID}} {
		if at.region != "" && !closed.Has(at.region) {
			return fmt.Errorf("%s.%s: %q is not closed by stack %s, which owns the account in %v: use one of these, or update that stack with this region first", root, at.key, at.region, owner, closed.Regions)
		}
	}
	return nil
}

// export makes a reference an output of the stack.
func (s *stack) export(name string, reference any) error {
	value, err := ref.Export(reference)
	if err != nil {
		return fmt.Errorf("output %s: %w", name, err)
	}
	s.ctx.Export(name, value)
	return nil
}

// read fills the reference that into points to from an output of another stack.
func (s *stack) read(stack any, output string, into any) error {
	other, err := pulumi.NewStackReference(s.ctx, fmt.Sprint(stack), &pulumi.StackReferenceArgs{
		Name: pulumi.String(fmt.Sprintf("%s/%s/%s", s.ctx.Organization(), s.ctx.Project(), stack)),
	})
	if err != nil {
		return err
	}
	details, err := other.GetOutputDetails(output)
	if err != nil {
		return fmt.Errorf("stack %s: output %s: %w", stack, output, err)
	}
	if details.Value == nil {
		if up, err := other.GetOutputDetails("runtime"); err == nil && up.Value != nil {
			return fmt.Errorf("%[1]s.%[3]s.stack: stack %[2]s owns no %[3]s: name the one that does", root, stack, output)
		}
		return fmt.Errorf("stack %[1]s has no output %[2]q, which this stack builds on: bring %[1]s up first", stack, output)
	}
	if err := ref.Read(details.Value, into); err != nil {
		return fmt.Errorf("stack %[1]s: output %[2]s: %[3]w; update %[1]s with this version of the program first", stack, output, err)
	}
	return nil
}
