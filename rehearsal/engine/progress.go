package engine

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"

	"tenant-runtime/policy/rule"
	"tenant-runtime/rehearsal/report"
)

// Progress condenses the engine's events. An `up` has two phases, preview and update, each with all
// events: counts start again with the second, findings and errors are kept once.
type Progress struct {
	mu       sync.Mutex
	previews bool           // in the preview phase
	changes  report.Changes // finished steps of this phase, or the engine's own totals at its end
	last     string         // the resource touched last
	findings map[rule.Finding]bool
	errors   []string
	noise    []string // what the program wrote to standard error
}

func NewProgress() *Progress {
	return &Progress{changes: report.Changes{}, findings: map[rule.Finding]bool{}}
}

// Add takes the next event.
func (p *Progress) Add(e apitype.EngineEvent) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case e.PreludeEvent != nil:
		p.changes = report.Changes{}
	case e.ResourcePreEvent != nil:
		p.previews = e.ResourcePreEvent.Planning
		p.last = e.ResourcePreEvent.Metadata.URN
	case e.ResOutputsEvent != nil:
		p.changes[string(e.ResOutputsEvent.Metadata.Op)]++
	case e.SummaryEvent != nil:
		p.previews = e.SummaryEvent.IsPreview
		p.changes = report.Changes{}
		for op, n := range e.SummaryEvent.ResourceChanges {
			p.changes[string(op)] = n
		}
	case e.PolicyEvent != nil:
		p.judge(e.PolicyEvent)
	case e.DiagnosticEvent != nil:
		p.diagnose(e.DiagnosticEvent)
	case e.ErrorEvent != nil:
		p.fail(e.ErrorEvent.Error)
	}
}

func (p *Progress) diagnose(d *apitype.DiagnosticEvent) {
	text := plain(d.Message)
	switch {
	case text == "" || d.Ephemeral:
	case d.Severity == "error" && d.URN != "" && !strings.HasPrefix(text, report.Label(d.URN)):
		p.fail(report.Label(d.URN) + ": " + text)
	case d.Severity == "error":
		p.fail(text)
	case d.Severity == "info#err":
		p.noise = append(p.noise, text)
	}
}

// fail keeps an error once: preview and update, and every resource waiting for the failed one,
// tend to repeat it.
func (p *Progress) fail(text string) {
	if !slices.Contains(p.errors, text) {
		p.errors = append(p.errors, text)
	}
}

// judge keeps findings. A rehearsal runs the repository's own packs, so one that cannot be read is an
// error of theirs.
func (p *Progress) judge(e *apitype.PolicyEvent) {
	findings, err := rule.ParseDiagnostic(e)
	if err != nil {
		p.fail(err.Error() + "\n" + plain(e.Message))
	}
	for _, f := range findings {
		p.findings[f] = true
	}
}

// Now tells where the engine is: what it has done in this phase, whether that is the preview, and the
// resource it touched last.
func (p *Progress) Now() (changes report.Changes, previews bool, last string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.changes), p.previews, p.last
}

// Fill puts the result into a report and returns what the program wrote to standard error, which
// matters if nothing better explains a failure.
func (p *Progress) Fill(r *report.Report, verb string) (noise []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r.Changes, r.Errors = p.changes, p.errors
	r.Findings = slices.SortedFunc(maps.Keys(p.findings), rule.Finding.Compare)
	if p.previews && verb != "preview" {
		r.Changes = nil // it ended with the preview: planned is not done
	}
	return p.noise
}

func plain(text string) string { return strings.TrimSpace(colors.Never.Colorize(text)) }
