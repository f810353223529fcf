package rule

import (
	"fmt"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Severity says how bad a violation is. The zero value is invalid.
type Severity int

// The severities.
const (
	Low Severity = iota + 1
	Medium
	High
	Critical
)

// Level says what a violation does to an update. The zero value is invalid.
type Level int

// The levels: an advisory finding is printed, a mandatory one stops the update.
const (
	Advisory Level = iota + 1
	Mandatory
)

// words are what the engine writes for them.
var (
	severityWords = []string{Low: "low", Medium: "medium", High: "high", Critical: "critical"}
	levelWords    = []string{Advisory: "advisory", Mandatory: "mandatory"}
)

func (s Severity) String() string { return word(severityWords, int(s)) }

// MarshalText implements encoding.TextMarshaler.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Severity) UnmarshalText(text []byte) error {
	return fromWord(severityWords, string(text), func(i int) { *s = Severity(i) })
}

func (l Level) String() string { return word(levelWords, int(l)) }

// MarshalText implements encoding.TextMarshaler.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (l *Level) UnmarshalText(text []byte) error {
	return fromWord(levelWords, string(text), func(i int) { *l = Level(i) })
}

func word(words []string, i int) string {
	if i < 1 || i >= len(words) {
		return fmt.Sprintf("invalid(%d)", i)
	}
	return words[i]
}

func fromWord(words []string, text string, set func(int)) error {
	for i, w := range words {
		if i > 0 && w == text {
			set(i)
			return nil
		}
	}
	return fmt.Errorf("%q is none of %s", text, listed(words[1:]))
}

var severities = map[Severity]pulumirpc.PolicySeverity{
	Low:      pulumirpc.PolicySeverity_POLICY_SEVERITY_LOW,
	Medium:   pulumirpc.PolicySeverity_POLICY_SEVERITY_MEDIUM,
	High:     pulumirpc.PolicySeverity_POLICY_SEVERITY_HIGH,
	Critical: pulumirpc.PolicySeverity_POLICY_SEVERITY_CRITICAL,
}

var levels = map[Level]pulumirpc.EnforcementLevel{
	Advisory:  pulumirpc.EnforcementLevel_ADVISORY,
	Mandatory: pulumirpc.EnforcementLevel_MANDATORY,
}
