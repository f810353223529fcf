package run

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
)

const key = "urn:pulumi:ch::tenant-runtime::tenant-runtime:keys:Keys$aws:kms/key:Key::data"

func finished(op string, planning bool) apitype.EngineEvent {
	return apitype.EngineEvent{ResOutputsEvent: &apitype.ResOutputsEvent{
		Planning: planning, Metadata: apitype.StepEventMetadata{Op: apitype.OpType(op), URN: key},
	}}
}

func violation(rule, severity, level, message string) apitype.EngineEvent {
	return apitype.EngineEvent{PolicyEvent: &apitype.PolicyEvent{
		PolicyName: rule, PolicyPackName: "hardening", Severity: severity, EnforcementLevel: level,
		ResourceURN: key, Message: message,
	}}
}

func summarize(events ...apitype.EngineEvent) *summary {
	s := newSummary()
	for _, e := range events {
		s.add(e)
	}
	return s
}

var prelude = apitype.EngineEvent{PreludeEvent: &apitype.PreludeEvent{}}

// An up previews first. What the preview planned must not be counted as done.
func TestChangesAreThoseOfTheLastPhase(t *testing.T) {
	s := summarize(prelude, finished("create", true), finished("create", true), prelude, finished("create", false))
	assert.Equal(t, map[string]int{"create": 1}, s.changes)
}

// A mandatory finding ends an up with its preview; nothing was created then.
func TestWhatWasOnlyPlannedIsNotReported(t *testing.T) {
	s := summarize(prelude, finished("create", true),
		apitype.EngineEvent{SummaryEvent: &apitype.SummaryEvent{IsPreview: true, ResourceChanges: map[apitype.OpType]int{"create": 1}}})
	var up, preview Report
	s.fill(&up, "up")
	s.fill(&preview, "preview")
	assert.Empty(t, up.Changes)
	assert.Equal(t, map[string]int{"create": 1}, preview.Changes)
}

// A replacement is four steps and one replaced resource; only the engine's totals know.
func TestTheEnginesTotalsWin(t *testing.T) {
	s := summarize(prelude, finished("create-replacement", false), finished("replace", false), finished("delete-replaced", false),
		apitype.EngineEvent{SummaryEvent: &apitype.SummaryEvent{ResourceChanges: map[apitype.OpType]int{"replace": 1, "same": 3}}})
	assert.Equal(t, map[string]int{"replace": 1, "same": 3}, s.changes)
}

func TestFindingsAreKeptOnceAndSortedBySeverity(t *testing.T) {
	s := summarize(
		prelude,
		violation("LOG-01-trail", "low", "advisory", "<{%reset%}>Trails log all<{%reset%}>\nx: found 1, wanted 2\n"),
		violation("ENC-07-rotation", "critical", "mandatory", "Keys rotate\nenableKeyRotation: found false, wanted true"),
		prelude,
		violation("ENC-07-rotation", "critical", "mandatory", "Keys rotate\nenableKeyRotation: found false, wanted true"),
	)
	assert.Equal(t, []Finding{
		{Pack: "hardening", Rule: "ENC-07-rotation", Severity: "critical", Level: "mandatory", Title: "Keys rotate", URN: key, Message: "enableKeyRotation: found false, wanted true"},
		{Pack: "hardening", Rule: "LOG-01-trail", Severity: "low", Level: "advisory", Title: "Trails log all", URN: key, Message: "x: found 1, wanted 2"},
	}, s.sortedFindings())
	report := Report{Findings: s.sortedFindings()}
	assert.Equal(t, 1, report.Mandatory())
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
	s := newSummary()
	address, stop, err := listen(s.add)
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
	var report Report
	s.fill(&report, "up")
	assert.Equal(t, 1000, report.Changes["create"])
}

func TestLabel(t *testing.T) {
	assert.Equal(t, "aws:kms/key:Key data", label(key))
	assert.Equal(t, "", label(""))
}
