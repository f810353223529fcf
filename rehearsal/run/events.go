package run

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Finding is one violation that a policy pack reported.
type Finding struct {
	Pack, Rule      string
	Severity, Level string // as Pulumi spells them: critical, high, medium, low; mandatory, advisory
	Title           string // what the rule demands
	URN             string // empty for a finding about the whole stack
	Message         string // what was found, and what was wanted
}

// Report is what became of one stack.
type Report struct {
	Stack    string
	Home     string         // region the runtime lives in
	Changes  map[string]int // resources by what happened to them: create, update, replace, same, delete …
	Findings []Finding
	Errors   []string       // what the engine or the program said, colours removed
	Notes    []string       // what the rehearsal did about the stack beyond the engine's run
	Outputs  map[string]any // after an up
	Residue  []Residue      // after a destroy
	Took     time.Duration
	Failed   bool
	Shown    bool // Pulumi itself has printed findings and errors
	Planned  bool // a preview: nothing was changed
}

// Mandatory counts the findings that stop a deployment.
func (r *Report) Mandatory() int {
	n := 0
	for _, f := range r.Findings {
		if f.Level == "mandatory" {
			n++
		}
	}
	return n
}

// summary condenses the engine's events. An `up` has two phases, preview and update, each with all
// events: counts start again with the second, findings and errors are kept once.
type summary struct {
	mu       sync.Mutex
	previews bool           // in the preview phase
	changes  map[string]int // finished steps of this phase, or the engine's own totals at its end
	last     string         // the resource touched last
	findings map[Finding]bool
	errors   []string
	noise    []string // what the program wrote to standard error
}

func newSummary() *summary {
	return &summary{changes: map[string]int{}, findings: map[Finding]bool{}}
}

func (s *summary) add(e apitype.EngineEvent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case e.PreludeEvent != nil:
		s.changes = map[string]int{}
	case e.ResourcePreEvent != nil:
		s.previews = e.ResourcePreEvent.Planning
		s.last = e.ResourcePreEvent.Metadata.URN
	case e.ResOutputsEvent != nil:
		s.changes[string(e.ResOutputsEvent.Metadata.Op)]++
	case e.SummaryEvent != nil:
		s.previews = e.SummaryEvent.IsPreview
		s.changes = map[string]int{}
		for op, n := range e.SummaryEvent.ResourceChanges {
			s.changes[string(op)] = n
		}
	case e.PolicyEvent != nil:
		s.findings[finding(e.PolicyEvent)] = true
	case e.DiagnosticEvent != nil:
		s.diagnose(e.DiagnosticEvent)
	case e.ErrorEvent != nil:
		s.fail(e.ErrorEvent.Error)
	}
}

func (s *summary) diagnose(d *apitype.DiagnosticEvent) {
	text := plain(d.Message)
	switch {
	case text == "" || d.Ephemeral:
	case d.Severity == "error" && d.URN != "" && !strings.HasPrefix(text, label(d.URN)):
		s.fail(label(d.URN) + ": " + text)
	case d.Severity == "error":
		s.fail(text)
	case d.Severity == "info#err":
		s.noise = append(s.noise, text)
	}
}

// fail keeps an error once: preview and update, and every resource waiting for the failed one,
// tend to repeat it.
func (s *summary) fail(text string) {
	if !slices.Contains(s.errors, text) {
		s.errors = append(s.errors, text)
	}
}

// finding takes the rule's description, which the engine puts before each message, off again.
func finding(e *apitype.PolicyEvent) Finding {
	title, message, found := strings.Cut(plain(e.Message), "\n")
	if !found {
		title, message = "", title
	}
	return Finding{
		Pack: e.PolicyPackName, Rule: e.PolicyName,
		Severity: e.Severity, Level: e.EnforcementLevel,
		Title: title, URN: e.ResourceURN, Message: strings.TrimSpace(message),
	}
}

// fill puts the result into a report and returns what the program wrote to standard error, which
// matters if nothing better explains a failure.
func (s *summary) fill(r *Report, verb string) (noise []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Changes, r.Findings, r.Errors = s.changes, s.sortedFindings(), s.errors
	if s.previews && verb != "preview" {
		r.Changes = nil // it ended with the preview: planned is not done
	}
	return s.noise
}

// severities in the order a reader wants them.
var severities = []string{"critical", "high", "medium", "low", ""}

// sortedFindings puts the worst first and is the same for the same findings.
func (s *summary) sortedFindings() []Finding {
	var list []Finding
	for f := range s.findings {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity)),
			strings.Compare(a.Rule, b.Rule),
			strings.Compare(a.URN, b.URN),
			strings.Compare(a.Message, b.Message),
		)
	})
	return list
}

func plain(text string) string { return strings.TrimSpace(colors.Never.Colorize(text)) }

// label shortens a URN to type and name: urn:pulumi:STACK::PROJECT::PARENTS$TYPE::NAME.
func label(urn string) string {
	parts := strings.SplitN(urn, "::", 4)
	if len(parts) < 4 {
		return urn
	}
	types := strings.Split(parts[2], "$")
	return types[len(types)-1] + " " + parts[3]
}

// listen serves the engine's --event-log stream. A file would do, were it not emptied between
// preview and update (pulumi v3.255.0, startEventLogger). The engine waits for the stream to be
// received before it ends, so nothing is missing when its process has exited.
func listen(add func(apitype.EngineEvent)) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(64 << 20))
	pulumirpc.RegisterEventsServer(server, &receiver{add: add})
	go server.Serve(listener)
	return "tcp://" + listener.Addr().String(), server.Stop, nil
}

type receiver struct {
	pulumirpc.UnimplementedEventsServer
	add func(apitype.EngineEvent)
}

func (r *receiver) StreamEvents(stream grpc.ClientStreamingServer[pulumirpc.EventRequest, emptypb.Empty]) error {
	for {
		message, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return stream.SendAndClose(&emptypb.Empty{})
		}
		if err != nil {
			return err
		}
		var event apitype.EngineEvent
		if err := json.Unmarshal([]byte(message.Event), &event); err != nil {
			return err
		}
		r.add(event)
	}
}
