package run

import (
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

	"tenant-runtime/rehearsal/repair"
	"tenant-runtime/rehearsal/report"
	"tenant-runtime/rehearsal/sim"
)

func left(name, id string, edit func(*sim.Resource)) sim.Resource {
	r := sim.Resource{URN: resource.URN("urn:pulumi:ch::tenant-runtime::aws:s3/bucketV2:BucketV2::" + name), ID: id, Kind: "aws:s3/bucketV2:BucketV2"}
	if edit != nil {
		edit(&r)
	}
	return r
}

func TestResidueIsWhatTheCloudsKeep(t *testing.T) {
	recorded := func() map[repair.Resource]bool {
		return map[repair.Resource]bool{{URN: string(left("logs", "1", nil).URN), ID: "1"}: true}
	}
	full := func(r *sim.Resource) { r.HoldsData = true }
	kept, clean := residue(recorded(), []sim.Resource{
		left("logs", "1", full),
		left("record", "2", nil),
		left("key", "3", func(r *sim.Resource) { r.Fate, r.FateEnds = sim.Pending, 30*24*time.Hour }),
	})
	assert.True(t, clean)
	assert.Equal(t, []report.Residue{
		{Fate: "holds data", Kind: "aws:s3/bucketV2:BucketV2", Name: "logs"},
		{Fate: "kept by the program", Kind: "aws:s3/bucketV2:BucketV2", Name: "record"},
		{Fate: "pending deletion until 2026-01-31", Kind: "aws:s3/bucketV2:BucketV2", Name: "key"},
	}, kept)

	kept, clean = residue(recorded(), []sim.Resource{left("logs", "1", nil)})
	assert.False(t, clean, "an empty bucket could have been deleted")
	assert.Empty(t, kept)

	_, clean = residue(recorded(), nil)
	assert.False(t, clean, "the state has what no cloud has")
}
