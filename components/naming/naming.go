// Package naming keeps the clouds' limits on names in one table.
//
// Guarantees: a name is accepted by its cloud, is the same in every run, and two
// different long names stay different after shortening.
package naming

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Unique says where a kind's names must be unique.
type Unique int

// The scopes of uniqueness.
const (
	Region  Unique = iota // per account and region, or per parent
	Account               // per account, across regions
	World                 // across all customers of the cloud
)

// limit is what a cloud accepts as a name.
type limit struct {
	max    int
	join   string // between parts; empty where only letters and digits are allowed
	prefix string // demanded by the cloud
	unique Unique
}

// Name joins the parts to a name that the kind accepts: lower case, and when it
// is too long cut and closed with a hash of the whole. An unlisted kind is a bug
// and panics, naming the row to add.
func Name(kind string, parts ...string) string {
	l := of(kind)
	joined := l.prefix + strings.ToLower(strings.Join(parts, l.join))
	if l.join == "" {
		joined = strings.ReplaceAll(joined, "-", "")
	}
	if len(joined) <= l.max {
		return joined
	}
	// Of the parts and not of the joined name, which may be the same for others.
	sum := sha256.Sum256([]byte(strings.ToLower(strings.Join(parts, "\x00"))))
	tail := l.join + hex.EncodeToString(sum[:])[:8]
	return strings.TrimRight(joined[:l.max-len(tail)], "-_/") + tail
}

// UniqueIn says where the kind's names must be unique.
func UniqueIn(kind string) Unique { return of(kind).unique }

func of(kind string) limit {
	l, ok := limits[kind]
	if !ok {
		panic(fmt.Sprintf("naming: no limit is known for %q: add a row to components/naming/limits.go", kind))
	}
	return l
}
