package iam

import (
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// operator is how a condition compares.
type operator struct {
	set      string // forAll, forAny, or none
	negated  bool
	ifExists bool
	null     bool
	matches  func(want, got string) bool
}

const forAll, forAny = "ForAllValues", "ForAnyValue"

// comparisons are the operators that do not negate; each has a negation.
var comparisons = map[string]func(want, got string) bool{
	"StringEquals":           func(want, got string) bool { return want == literally(got) },
	"StringEqualsIgnoreCase": func(want, got string) bool { return strings.EqualFold(want, literally(got)) },
	"StringLike":             func(want, got string) bool { return like(want, literally(got)) },
	"ArnEquals":              arnLike,
	"ArnLike":                arnLike,
	"BinaryEquals":           func(want, got string) bool { return want == literally(got) },
	"Bool":                   func(want, got string) bool { return strings.EqualFold(want, got) },
	"IpAddress":              within,
	"NumericEquals":          numbers(func(got, want float64) bool { return got == want }),
	"DateEquals":             dates(func(got, want time.Time) bool { return got.Equal(want) }),
}

var negations = map[string]string{
	"StringNotEquals": "StringEquals", "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase", "StringNotLike": "StringLike",
	"ArnNotEquals": "ArnEquals", "ArnNotLike": "ArnLike", "NotIpAddress": "IpAddress",
	"NumericNotEquals": "NumericEquals", "DateNotEquals": "DateEquals",
}

// orders compare and have no negation.
var orders = map[string]func(want, got string) bool{
	"NumericLessThan":          numbers(func(got, want float64) bool { return got < want }),
	"NumericLessThanEquals":    numbers(func(got, want float64) bool { return got <= want }),
	"NumericGreaterThan":       numbers(func(got, want float64) bool { return got > want }),
	"NumericGreaterThanEquals": numbers(func(got, want float64) bool { return got >= want }),
	"DateLessThan":             dates(func(got, want time.Time) bool { return got.Before(want) }),
	"DateLessThanEquals":       dates(func(got, want time.Time) bool { return !got.After(want) }),
	"DateGreaterThan":          dates(func(got, want time.Time) bool { return got.After(want) }),
	"DateGreaterThanEquals":    dates(func(got, want time.Time) bool { return !got.Before(want) }),
}

func parseOperator(name string) (operator, error) {
	var o operator
	base := name
	if set, rest, found := strings.Cut(name, ":"); found {
		if set != forAll && set != forAny {
			return o, fmt.Errorf("condition operator %q is not known", name)
		}
		o.set, base = set, rest
	}
	if base == "Null" && o.set == "" {
		o.null = true
		return o, nil
	}
	base, o.ifExists = strings.CutSuffix(base, "IfExists")
	if positive, negated := negations[base]; negated {
		base, o.negated = positive, true
	}
	for _, known := range []map[string]func(want, got string) bool{comparisons, orders} {
		if matches, ok := known[base]; ok {
			o.matches = matches
			return o, nil
		}
	}
	return o, fmt.Errorf("condition operator %q is not known", name)
}

// numbers compares as numbers; what is none is not so.
func numbers(is func(got, want float64) bool) func(want, got string) bool {
	return func(want, got string) bool {
		w, err := strconv.ParseFloat(want, 64)
		g, also := strconv.ParseFloat(got, 64)
		return err == nil && also == nil && is(g, w)
	}
}

// dates compares moments, in the W3C's form or as seconds.
func dates(is func(got, want time.Time) bool) func(want, got string) bool {
	return func(want, got string) bool {
		w, ok := moment(want)
		g, also := moment(got)
		return ok && also && is(g, w)
	}
}

func moment(text string) (time.Time, bool) {
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.Unix(seconds, 0), true
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(form, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func within(want, got string) bool {
	if !strings.Contains(want, "/") {
		return want == got
	}
	prefix, err := netip.ParsePrefix(want)
	address, also := netip.ParseAddr(got)
	return err == nil && also == nil && prefix.Contains(address)
}

// arnLike compares ARNs part by part: a wildcard does not reach beyond its colon, but
// in the last part.
func arnLike(want, got string) bool {
	w, g := strings.SplitN(want, ":", 6), strings.SplitN(literally(got), ":", 6)
	if len(w) != len(g) {
		return want == "*"
	}
	for i := range w {
		if !like(w[i], g[i]) {
			return false
		}
	}
	return true
}

var variable = regexp.MustCompile(`\$\{([^}]+)\}`)

// fill replaces policy variables by what the request carries. One without a value
// matches nothing; of one that may hold anything nothing is known.
func fill(pattern string, r Request) (filled string, known answer) {
	known = yes
	filled = variable.ReplaceAllStringFunc(pattern, func(v string) string {
		name := v[2 : len(v)-1]
		switch name {
		case "*", "?", "$": // the ways to write these as they are
			return literally(name)
		}
		switch values, carried := r.lookup(name); {
		case len(values) > 0:
			return literally(values[0])
		case !carried && r.Partial:
			known = min(known, maybe)
		default:
			known = no
		}
		return ""
	})
	return filled, known
}

// literally takes their meaning from the wildcards in a text that is no pattern.
func literally(text string) string { return literals.Replace(text) }

var literals = strings.NewReplacer("*", "\x01", "?", "\x02")

// likeFold is like without regard to case, as actions are compared.
func likeFold(pattern, text string) bool {
	return like(strings.ToLower(pattern), strings.ToLower(text))
}

// like matches * and ?.
func like(pattern, text string) bool {
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p, t = p+1, t+1
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
