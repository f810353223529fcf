package tenant

import (
	"fmt"
	"slices"
)

// Isolation is how far a tenant is apart from others.
type Isolation string

// The modes of isolation, from strongest to weakest.
const (
	Silo   Isolation = "silo"   // an account, network, stores, keys and vault of its own
	Bridge Isolation = "bridge" // stores, keys and identity of its own in a shared network
	Pool   Isolation = "pool"   // an identity of its own, with its paths and rows in shared stores
)

// Isolations lists the modes of isolation.
var Isolations = []Isolation{Silo, Bridge, Pool}

// UnmarshalText accepts silo, bridge or pool.
func (i *Isolation) UnmarshalText(text []byte) error {
	if got := Isolation(text); slices.Contains(Isolations, got) {
		*i = got
		return nil
	}
	return fmt.Errorf("%q is not a mode of isolation: use silo, bridge or pool", text)
}
