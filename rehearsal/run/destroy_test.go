package run

import (
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

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
	deployed := state(t, `[
		{"urn": "urn:pulumi:ch::tenant-runtime::pulumi:providers:aws::home", "id": "p", "type": "pulumi:providers:aws"},
		{"urn": "urn:pulumi:ch::tenant-runtime::aws:s3/bucketV2:BucketV2::logs", "id": "1", "type": "aws:s3/bucketV2:BucketV2"}
	]`, `[]`)
	full := func(r *sim.Resource) { r.Full = true }
	kept, clean := residue(deployed, []sim.Resource{
		left("logs", "1", full),
		left("record", "2", nil),
		left("key", "3", func(r *sim.Resource) { r.Fate, r.Until = sim.Pending, 30*24*time.Hour }),
	})
	assert.True(t, clean)
	assert.Equal(t, []Residue{
		{"holds data", "aws:s3/bucketV2:BucketV2", "logs"},
		{"kept by the program", "aws:s3/bucketV2:BucketV2", "record"},
		{"pending deletion until 2026-01-31", "aws:s3/bucketV2:BucketV2", "key"},
	}, kept)

	kept, clean = residue(deployed, []sim.Resource{left("logs", "1", nil)})
	assert.False(t, clean, "an empty bucket could have been deleted")
	assert.Empty(t, kept)

	_, clean = residue(deployed, nil)
	assert.False(t, clean, "the state has what no cloud has")
}

func TestWriteResidueGroupsByFateAndKind(t *testing.T) {
	r := Report{Stack: "ch"}
	for _, name := range []string{"g", "b", "c", "d", "e", "f", "a", "a"} {
		r.Residue = append(r.Residue, Residue{"holds data", "aws:s3/bucketV2:BucketV2", name})
	}
	r.Residue = append(r.Residue, Residue{"kept by the program", "aws:ec2/vpc:Vpc", "main"})
	var out strings.Builder
	WriteResidue(&out, r)
	assert.Equal(t, `
ch leaves behind, as on the real clouds
  holds data: aws:s3/bucketV2:BucketV2 a, b, c, d, e and 2 more
  kept by the program: aws:ec2/vpc:Vpc main
`, out.String())
}
