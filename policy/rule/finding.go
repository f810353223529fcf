package rule

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Finding is one violation: what was found where, what was wanted there, and by
// which control. All that reports on findings renders this one type; findings are
// equal if they say the same.
type Finding struct {
	Control
	URN       string    // of the resource; empty is the stack as a whole
	Property  string    // its path; empty is the resource as a whole
	Found     string    // never a secret
	Wanted    string    //
	Exemption Exempting // what excuses it, or no longer does; zero is nothing
}

// Control is a rule, or one named check of a rule, as a finding cites it.
type Control struct {
	Pack     string // hardening
	Rule     string // ENC-07
	Name     string // rotation
	Check    string // which check, if the rule names several
	Title    string
	Severity Severity
	Level    Level // what the finding does: an exemption makes it advisory
	Why      string
	Fix      string
	See      string // where frameworks ask for it
}

// Exempting is the exemption that is about a finding.
type Exempting struct {
	Owner   string
	LastDay string // 2027-01-31
	Reason  string // empty once it has ended
}

// Ended reports whether the exemption excuses nothing any more.
func (e Exempting) Ended() bool { return e.Owner != "" && e.Reason == "" }

// Policy is the name the engine knows the rule by: ENC-07-rotation.
func (c Control) Policy() string { return c.Rule + "-" + c.Name }

// Type is the resource's type token; empty is the stack as a whole.
func (f Finding) Type() string {
	if !resource.URN(f.URN).IsValid() {
		return ""
	}
	return normalise(string(resource.URN(f.URN).Type()))
}

// ResourceName is the resource's logical name.
func (f Finding) ResourceName() string {
	if !resource.URN(f.URN).IsValid() {
		return ""
	}
	return resource.URN(f.URN).Name()
}

// subject is what a diagnostic of the engine is about: one control on one resource
// under one exemption.
type subject struct {
	Control
	urn       string
	exemption Exempting
}

// bySubject groups findings in order of appearance, because the engine prints a
// heading per diagnostic.
func bySubject(findings []Finding) [][]Finding {
	index := map[subject]int{}
	var groups [][]Finding
	for _, f := range findings {
		s := subject{f.Control, f.URN, f.Exemption}
		i, ok := index[s]
		if !ok {
			i = len(groups)
			index[s] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

// String says where, what was found and what was wanted, in one line.
func (f Finding) String() string {
	at := ""
	if f.Property != "" {
		at = quote(f.Property, " ", ": ") + ": "
	}
	return fmt.Sprintf("%sfound %s, wanted %s", at, quote(f.Found, ", wanted "), quote(f.Wanted))
}

// Note says what an exemption does; nothing if there is none.
func (e Exempting) Note() string {
	switch {
	case e.Owner == "":
		return ""
	case e.Ended():
		return fmt.Sprintf("the exemption by %s ended on %s: fix the resource, or review and renew the exemption", quote(e.Owner, " ended on "), e.LastDay)
	}
	return fmt.Sprintf("exempted until %s by %s because %s", e.LastDay, quote(e.Owner, " because "), quote(e.Reason))
}

// Message is what people read of findings of one control on one resource. The
// engine prints policy and resource above it. ParseDiagnostic reads it back.
func Message(findings []Finding) string {
	first := findings[0]
	var b strings.Builder
	b.WriteString(first.Rule)
	if first.Check != "" {
		b.WriteString("/" + first.Check)
	}
	fmt.Fprintf(&b, " %s\n", first.Title)
	for _, f := range findings {
		fmt.Fprintf(&b, "  %s\n", f)
	}
	if note := first.Exemption.Note(); note != "" {
		fmt.Fprintf(&b, "%s\n", note)
	}
	fmt.Fprintf(&b, "why: %s\nfix: %s\nsee: %s", first.Why, first.Fix, first.See)
	return b.String()
}

// Compare orders findings for a reader: the worst first.
func (f Finding) Compare(g Finding) int {
	return cmp.Or(
		-cmp.Compare(f.Severity, g.Severity),
		cmp.Compare(f.Rule, g.Rule),
		cmp.Compare(f.Check, g.Check),
		-cmp.Compare(f.Level, g.Level),
		cmp.Compare(f.URN, g.URN),
		cmp.Compare(f.Property, g.Property),
		cmp.Compare(f.Wanted, g.Wanted),
		cmp.Compare(f.Found, g.Found),
	)
}
