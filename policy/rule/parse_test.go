package rule

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// event is what the engine makes of a diagnostic (pkg/v3 engine/events.go).
func event(d *pulumirpc.AnalyzeDiagnostic) *apitype.PolicyEvent {
	severity := map[pulumirpc.PolicySeverity]string{}
	for s, wire := range severities {
		severity[wire] = s.String()
	}
	level := map[pulumirpc.EnforcementLevel]string{}
	for l, wire := range levels {
		level[wire] = l.String()
	}
	return &apitype.PolicyEvent{
		ResourceURN: d.Urn, PolicyName: d.PolicyName, PolicyPackName: d.PolicyPackName, PolicyPackVersion: d.PolicyPackVersion,
		Severity: severity[d.Severity], EnforcementLevel: level[d.EnforcementLevel],
		Color: string(colors.Raw), Message: colors.SpecNote + d.Message + colors.Reset + "\n",
	}
}

func reported(t testing.TB, d *pulumirpc.AnalyzeDiagnostic) []Finding {
	findings, err := ParseDiagnostic(event(d))
	require.NoError(t, err)
	return findings
}

// sent are findings after their way through the engine.
func sent(t testing.TB, findings ...Finding) []Finding {
	var back []Finding
	for _, d := range (&Server{pack: &Pack{}}).response(Outcome{Findings: findings}).Diagnostics {
		back = append(back, reported(t, d)...)
	}
	return back
}

func sampleFinding() Finding {
	r := flagged()[0]
	return Finding{Control: r.control(Check{}), URN: keyURN, Property: "flag", Found: "false", Wanted: "true"}
}

func TestFindingsComeBackFromTheEngineAsTheyWere(t *testing.T) {
	for name, edit := range map[string]func(*Finding){
		"plain":                 func(*Finding) {},
		"of a named check":      func(f *Finding) { f.Check, f.Fix, f.Severity = "window", "Say when.", Low },
		"the stack as a whole":  func(f *Finding) { f.URN, f.Property = "", "" },
		"the resource":          func(f *Finding) { f.Property = "" },
		"an odd key":            func(f *Finding) { f.Property = "tags.found it: or not" },
		"empty text":            func(f *Finding) { f.Found = "" },
		"quoted text":           func(f *Finding) { f.Found = `"x", wanted y` },
		"several lines":         func(f *Finding) { f.Found = "a\n  b: found c, wanted d\nwhy: e" },
		"a color":               func(f *Finding) { f.Found, f.Wanted = "<{%reset%}>", "<{%fg 1%}>" },
		"an exemption":          func(f *Finding) { f.Level, f.Exemption = Advisory, Exempting{"o", "2027-01-31", "r because s"} },
		"an owner with because": func(f *Finding) { f.Exemption = Exempting{"x because y", "2027-01-31", "r"} },
		"an ended exemption":    func(f *Finding) { f.Exemption = Exempting{"a team", "2027-01-31", ""} },
	} {
		t.Run(name, func(t *testing.T) {
			f := sampleFinding()
			edit(&f)
			other := f
			other.Property = "inner.count"
			assert.Equal(t, []Finding{f, other}, sent(t, f, other))
		})
	}
}

func TestMessagesOfOthersAreRefused(t *testing.T) {
	good := event((&Server{pack: &Pack{}}).response(Outcome{Findings: []Finding{sampleFinding()}}).Diagnostics[0])
	for name, edit := range map[string]func(*apitype.PolicyEvent){
		"free text":       func(e *apitype.PolicyEvent) { e.Message = "This is bad." },
		"without finding": func(e *apitype.PolicyEvent) { e.Message = "ENC-01 x\nwhy: w\nfix: f\nsee: s" },
		"without fix":     func(e *apitype.PolicyEvent) { e.Message = "ENC-01 x\n  found a, wanted b\nwhy: w\nsee: s" },
		"another note":    func(e *apitype.PolicyEvent) { e.Message = "ENC-01 x\n  found a, wanted b\nhm\nwhy: w\nfix: f\nsee: s" },
		"a severity":      func(e *apitype.PolicyEvent) { e.Severity = "dire" },
		"a level":         func(e *apitype.PolicyEvent) { e.EnforcementLevel = "warning" },
	} {
		t.Run(name, func(t *testing.T) {
			e := *good
			edit(&e)
			_, err := ParseDiagnostic(&e)
			assert.Error(t, err)
		})
	}
}

func FuzzFindingsComeBack(f *testing.F) {
	f.Add("flag", "false", "true", "o", "r")
	f.Add("", `"`, ", wanted ", "a ended on b", "")
	f.Fuzz(func(t *testing.T, property, found, wanted, owner, reason string) {
		for _, text := range []*string{&property, &found, &wanted, &owner, &reason} {
			*text = strings.ToValidUTF8(*text, "\uFFFD") // the protocol takes nothing else
		}
		finding := sampleFinding()
		finding.Property, finding.Found, finding.Wanted = property, found, wanted
		if owner != "" {
			finding.Exemption = Exempting{Owner: owner, LastDay: "2027-01-31", Reason: reason}
		}
		assert.Equal(t, []Finding{finding}, sent(t, finding))
	})
}

func TestTheWorstComesFirst(t *testing.T) {
	bad, worse := sampleFinding(), sampleFinding()
	worse.Severity = Critical
	list := []Finding{bad, worse}
	slices.SortFunc(list, Finding.Compare)
	assert.Equal(t, []Finding{worse, bad}, list)
}

func TestGradesAreWords(t *testing.T) {
	text, err := Critical.MarshalText()
	require.NoError(t, err)
	assert.True(t, bytes.Equal([]byte("critical"), text))
	var s Severity
	assert.ErrorContains(t, s.UnmarshalText([]byte("dire")), "low, medium, high or critical")
	assert.Equal(t, "invalid(0)", Level(0).String())
}
