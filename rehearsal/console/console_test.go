package console

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"

	"tenant-runtime/rehearsal/engine"
	"tenant-runtime/rehearsal/report"
)

const key = "urn:pulumi:eu::tenant-runtime::aws:kms/key:Key::data"

func touched(urn string, planning bool) apitype.EngineEvent {
	return apitype.EngineEvent{ResourcePreEvent: &apitype.ResourcePreEvent{
		Planning: planning, Metadata: apitype.StepEventMetadata{URN: urn},
	}}
}

func TestLineFitsTheColumns(t *testing.T) {
	progress := engine.NewProgress()
	progress.Add(apitype.EngineEvent{ResOutputsEvent: &apitype.ResOutputsEvent{Metadata: apitype.StepEventMetadata{Op: "create"}}})
	progress.Add(touched(key+strings.Repeat("x", 200), false))
	l := line{heading: "eu-azure", progress: progress, started: time.Now()}
	text := l.text("up", 100)
	assert.True(t, strings.HasPrefix(text, "eu-azure up · 1 created · 0.0 s · aws:kms/key:Key data"), text)
	for _, columns := range []int{60, 100} {
		assert.Len(t, []rune(l.text("up", columns)), columns)
	}
	progress.Add(touched(key, true))
	assert.Contains(t, l.text("up", 100), "preview first")
}

// What a pipe gets must be readable in a log: whole lines, and nothing that moves a cursor.
func TestElsewhereEachStackHasItsLastLine(t *testing.T) {
	var out bytes.Buffer
	c := New(&out, "up", []string{"ch", "eu-gcp"}, false)
	assert.False(t, c.Alone())
	c.Start("ch", engine.NewProgress())
	c.Done("ch", &report.Report{Changes: report.Changes{"create": 3}, Took: time.Second})
	c.Done("eu-gcp", &report.Report{Failed: true, Took: 2 * time.Second})
	c.End()
	assert.Equal(t, "ch     up done · 3 created · 1.0 s\neu-gcp up failed · 2.0 s\n", out.String())
	assert.Contains(t, c.Flags(), "--non-interactive")
}

func TestPulumiShowsASingleStackItself(t *testing.T) {
	var out, log bytes.Buffer
	c := New(&out, "up", []string{"ch"}, false)
	defer c.End()
	assert.True(t, c.Alone())
	assert.Equal(t, engine.Streams{Out: &out, Err: &out}, c.Streams(strings.NewReader(""), &log))

	brief := New(&out, "up", []string{"ch"}, true)
	defer brief.End()
	assert.False(t, brief.Alone())
	assert.Equal(t, engine.Streams{Out: &log, Err: &log}, brief.Streams(strings.NewReader(""), &log))
}
