package rule

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Absence is what a missing property means: the cloud's default, which differs
// per cloud and per property. The zero value is invalid.
type Absence uint8

// The meanings of absence.
const (
	AbsentIsBad Absence = iota + 1
	AbsentIsGood
)

// Report collects what one check finds. Checks return nothing else.
type Report struct {
	bound
	runtime *Runtime
	outcome *Outcome
}

// Outcome is what rules found, and what they could not decide yet.
type Outcome struct {
	Findings  []Finding
	Deferrals []Deferral
	looked    int // known values that were judged
}

// Add takes another outcome in.
func (o *Outcome) Add(other Outcome) {
	o.Findings = append(o.Findings, other.Findings...)
	o.Deferrals = append(o.Deferrals, other.Deferrals...)
	o.looked += other.looked
}

// Deferral is a value a rule needs and nobody knows before the update.
type Deferral struct {
	bound
	on       *Resource // nil: the stack
	property string
}

// Runtime is what the stack's configuration says about the runtime under check.
func (r *Report) Runtime() *Runtime { return r.runtime }

// Found adds a finding. What was found is not printed if it is a secret.
func (r *Report) Found(at Located, found any, wanted string) {
	n := at.place()
	text := fmt.Sprint(found)
	if n.secret {
		text = "[secret]"
	}
	r.outcome.Findings = append(r.outcome.Findings, Finding{
		Control: r.rule.control(r.check), URN: n.res.URN(), Property: n.path, Found: text, Wanted: wanted,
	})
}

// Reject adds a finding about what the place holds.
func (r *Report) Reject(at Located, wanted string) { r.Found(at, at.place().display(), wanted) }

// Defer notes that the rule cannot be decided before the update.
func (r *Report) Defer(at Located) {
	n := at.place()
	r.outcome.Deferrals = append(r.outcome.Deferrals, Deferral{r.bound, n.res, n.path})
}

// Looked notes that the rule judged something known by hand. The functions below
// do so themselves.
func (r *Report) Looked() { r.outcome.looked++ }

// Expect turns an answer into a finding (No), a deferral (Maybe) or neither.
func (r *Report) Expect(at Located, answer Truth, wanted string) {
	switch answer {
	case Yes:
		r.Looked()
	case No:
		r.Looked()
		r.Reject(at, wanted)
	case Maybe:
		r.Defer(at)
	}
}

// Match demands that a condition holds; wanted says it in words.
func Match[T any](r *Report, v Value[T], condition func(T) bool, wanted string, absent Absence) {
	switch got, state := v.Get(); state {
	case Unknown:
		r.Defer(v)
	case Known:
		r.Looked()
		if !condition(got) {
			r.Reject(v, wanted)
		}
	case Absent:
		r.absent(v, wanted, absent)
	case Malformed:
		r.Reject(v, wanted)
	}
}

func (r *Report) absent(at Located, wanted string, absent Absence) {
	switch absent {
	case AbsentIsBad:
		r.Found(at, "nothing", wanted)
	case AbsentIsGood:
	default:
		panic("say what absence means: AbsentIsBad or AbsentIsGood")
	}
}

// Present demands any value at all. One that is unknown is on its way: in a plan,
// unknown is how "set from another resource" looks.
func Present[T any](r *Report, v Value[T], wanted string) {
	Match(r, v, func(T) bool { return true }, wanted, AbsentIsBad)
}

// When runs a check on a value if it is known, defers it if it is unknown, and
// leaves it alone if it is absent.
func When[T any](r *Report, v Value[T], then func(T)) {
	switch got, state := v.Get(); state {
	case Unknown:
		r.Defer(v)
	case Known:
		r.Looked()
		then(got)
	case Malformed:
		r.Reject(v, "another type of value")
	}
}

// ForEach runs a check on every element of a list; wanted says what an absent
// list lacks if absence is bad.
func ForEach[E any](r *Report, l List[E], absent Absence, wanted string, check func(E)) {
	switch items, state := l.Items(); state {
	case Unknown:
		r.Defer(l)
	case Known:
		r.Looked()
		if len(items) == 0 {
			r.absent(l, wanted, absent)
		}
		for _, item := range items {
			check(item)
		}
	case Absent:
		r.absent(l, wanted, absent)
	case Malformed:
		r.Reject(l, "a list")
	}
}

// Some demands that at least one element is as wanted.
func Some[E any](r *Report, l List[E], is func(E) Truth, wanted string) {
	items, state := l.Items()
	answer := No
	if state == Unknown {
		answer = Maybe
	}
	for _, item := range items {
		answer = answer.Or(is(item))
	}
	r.Expect(l, answer, "an element that is "+wanted)
}

// listed lists values for people: a, b or c.
func listed[T any](values []T) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprint(v)
	}
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + " or " + texts[last]
}

// display shows what a place holds in at most one short line, and never a secret.
func (n node) display() string {
	switch {
	case n.secret:
		return "[secret]"
	case n.state == Absent:
		return "nothing"
	case n.state == Unknown:
		return "a value known only during the update"
	}
	text, ok := asString(n.val)
	if !ok {
		whole, _, secret := plain(n.val)
		if secret {
			return "[secret]"
		}
		// The protocol's own encoder puts spaces where the build's hash tells it to.
		encoded, err := json.Marshal(whole.AsInterface())
		if err != nil {
			return "a value that cannot be shown"
		}
		text = string(encoded)
	}
	const limit = 120
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}
