package engine

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"tenant-runtime/policy/rule"
	"tenant-runtime/rehearsal/report"
)

const key = "urn:pulumi:ch::tenant-runtime::tenant-runtime:keys:Keys$aws:kms/key:Key::data"

func finished(op string, planning bool) apitype.EngineEvent {
	return apitype.EngineEvent{ResOutputsEvent: &apitype.ResOutputsEvent{
		Planning: planning, Metadata: apitype.StepEventMetadata{Op: apitype.OpType(op), URN: key},
	}}
}

var rotation = rule.Control{Pack: "hardening", Rule: "ENC-07", Name: "rotation", Title: "Keys rotate", Severity: rule.Critical, Level: rule.Mandatory, Why: "w", Fix: "f", See: "s"}

// violation is what the engine says of findings on one resource.
func violation(findings ...rule.Finding) apitype.EngineEvent {
	c := findings[0].Control
	return apitype.EngineEvent{PolicyEvent: &apitype.PolicyEvent{
		PolicyName: c.Policy(), PolicyPackName: c.Pack, Severity: c.Severity.String(), EnforcementLevel: c.Level.String(),
		ResourceURN: findings[0].URN, Message: "<{%reset%}>" + rule.Message(findings) + "<{%reset%}>\n",
	}}
}

func summarize(events ...apitype.EngineEvent) *Progress {
	s := NewProgress()
	for _, e := range events {
		s.Add(e)
	}
	return s
}

var prelude = apitype.EngineEvent{PreludeEvent: &apitype.PreludeEvent{}}

// An up previews first. What the preview planned must not be counted as done.
func TestChangesAreThoseOfTheLastPhase(t *testing.T) {
	s := summarize(prelude, finished("create", true), finished("create", true), prelude, finished("create", false))
	assert.Equal(t, report.Changes{"create": 1}, s.changes)
}

// A mandatory finding ends an up with its preview; nothing was created then.
func TestWhatWasOnlyPlannedIsNotReported(t *testing.T) {
	s := summarize(prelude, finished("create", true),
		apitype.EngineEvent{SummaryEvent: &apitype.SummaryEvent{IsPreview: true, ResourceChanges: map[apitype.OpType]int{"create": 1}}})
	var up, preview report.Report
	s.Fill(&up, "up")
	s.Fill(&preview, "preview")
	assert.Empty(t, up.Changes)
	assert.Equal(t, report.Changes{"create": 1}, preview.Changes)
}

// A replacement is four steps and one replaced resource; only the engine's totals know.
func TestTheEnginesTotalsWin(t *testing.T) {
	s := summarize(prelude, finished("create-replacement", false), finished("replace", false), finished("delete-replaced", false),
		apitype.EngineEvent{SummaryEvent: &apitype.SummaryEvent{ResourceChanges: map[apitype.OpType]int{"replace": 1, "same": 3}}})
	assert.Equal(t, report.Changes{"replace": 1, "same": 3}, s.changes)
}

func TestFindingsAreKeptOnceAndTheWorstComesFirst(t *testing.T) {
	rotates := rule.Finding{Control: rotation, URN: key, Property: "enableKeyRotation", Found: "false", Wanted: "true"}
	trail := rule.Finding{Control: rotation, URN: key, Found: "no trail", Wanted: "one"}
	trail.Rule, trail.Severity, trail.Level = "LOG-01", rule.Low, rule.Advisory
	s := summarize(prelude, violation(trail), violation(rotates), prelude, violation(rotates))
	var r report.Report
	s.Fill(&r, "preview")
	assert.Equal(t, []rule.Finding{rotates, trail}, r.Findings)
	assert.Equal(t, 1, r.Mandatory())
}

// Nothing that a pack says may get lost because it is not understood.
func TestWhatIsNoFindingOfOursIsAnError(t *testing.T) {
	s := summarize(apitype.EngineEvent{PolicyEvent: &apitype.PolicyEvent{PolicyName: "other", PolicyPackName: "theirs", Message: "no good"}})
	var r report.Report
	s.Fill(&r, "preview")
	require.Len(t, r.Errors, 1)
	assert.Contains(t, r.Errors[0], "no good")
}

func TestErrorsAreKeptOnceWithTheirResource(t *testing.T) {
	failure := func(severity, urn, text string) apitype.EngineEvent {
		return apitype.EngineEvent{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: severity, URN: urn, Message: text}}
	}
	s := summarize(
		failure("error", key, "<{%fg 1%}>alias is taken<{%reset%}>\n"),
		failure("error", key, "alias is taken"),
		failure("error", "", "update failed"),
		failure("warning", key, "deprecated"),
		failure("info#err", "", "panic: oh"),
	)
	assert.Equal(t, []string{"aws:kms/key:Key data: alias is taken", "update failed"}, s.errors)
	assert.Equal(t, []string{"panic: oh"}, s.noise)
}

// The engine ends when its stream was received; by then every event must have been added.
func TestListenReceivesAllEventsBeforeTheEngineMayEnd(t *testing.T) {
	s := NewProgress()
	address, stop, err := Listen(s.Add)
	require.NoError(t, err)
	defer stop()
	conn, err := grpc.NewClient(address[len("tcp://"):], grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()
	stream, err := pulumirpc.NewEventsClient(conn).StreamEvents(context.Background())
	require.NoError(t, err)
	for range 1000 {
		text, err := json.Marshal(finished("create", false))
		require.NoError(t, err)
		require.NoError(t, stream.Send(&pulumirpc.EventRequest{Event: string(text)}))
	}
	_, err = stream.CloseAndRecv()
	require.NoError(t, err)
	var r report.Report
	s.Fill(&r, "up")
	assert.Equal(t, 1000, r.Changes["create"])
}
