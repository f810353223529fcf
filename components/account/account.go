// Package account closes an account as a whole: what a cloud has once per account,
// or once per account and region, whoever works in it.
//
// Guarantees: no store of the account can be made public (DAT-02) and no network
// of it reaches the Internet unless it is excepted (NET-01), in every region that
// its cells use; volumes that nobody encrypts are encrypted all the same (ENC-01).
//
// Such a setting has no owner on the cloud: whoever writes last is right, and
// whoever removes it opens the account for all. So exactly one stack of an account
// declares it, no other component does, and destroying that stack leaves it.
package account

import (
	"errors"
	"slices"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
)

// Type is the component's type token.
const Type = "tenant-runtime:account:Account"

// Args says which account, and where in it cells may be.
type Args struct {
	Scope scope.Scope   // at home
	Away  []scope.Place // the other regions of its cells
}

// Ref is what a cell in the account needs to know.
type Ref struct {
	ID      value.Account
	Regions []regions.ID // those that are closed
	Of      value.Tenant // whose it is alone, in silo; otherwise value.Shared
}

// Has reports whether a cell may be in the region.
func (r Ref) Has(region regions.ID) bool { return slices.Contains(r.Regions, region) }

// Places are all places that are closed, home first.
func (a Args) Places() []scope.Place { return append([]scope.Place{a.Scope.Place}, a.Away...) }

// Where implements component.Args.
func (a Args) Where() scope.Scope { return a.Scope.In(scope.Management).Holding(scope.Internal) }

// Check implements component.Args.
func (a Args) Check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	for _, place := range a.Away {
		if err := a.Scope.At(place).Check(); err != nil {
			return err
		}
		if place.Region.ID == a.Scope.Place.Region.ID {
			return errors.New("home is given as another region too")
		}
	}
	return nil
}
