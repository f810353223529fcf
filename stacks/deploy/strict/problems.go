package strict

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing to correct. The reason says what was found, what is wrong
// with it and, after a colon, what to write instead.
type Problem struct {
	Path   string // for example runtime.tenants[1].network
	Reason string
}

// Problems is everything to correct. It is an error unless it is empty: see Err.
type Problems []Problem

// Err returns the problems as an error, or nil when there are none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Error lists the problems, one per line, the reasons below each other.
func (p Problems) Error() string {
	noun, width := "problems", 0
	if len(p) == 1 {
		noun = "problem"
	}
	for _, one := range p {
		width = max(width, len(one.Path)+1)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s:", len(p), noun)
	for _, one := range p {
		fmt.Fprintf(&b, "\n  %-*s %s", width, one.Path+":", one.Reason)
	}
	return b.String()
}

// Merge appends the problems of a later look at the same value, without those that
// only follow from what could not be read: a path that has a problem, or that
// holds one, is not judged again.
func (p Problems) Merge(later Problems) Problems {
	merged := slices.Clone(p)
	for _, l := range later {
		follows := false
		for _, earlier := range p {
			follows = follows || isWithin(earlier.Path, l.Path)
		}
		if !follows {
			merged = append(merged, l)
		}
	}
	return merged
}

// isWithin says whether a path is another one or lies inside of it.
func isWithin(path, outer string) bool {
	rest, inside := strings.CutPrefix(path, outer)
	return inside && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
