package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

type named struct{ *Resource }

func names(found []named) []string {
	var all []string
	for _, v := range found {
		all = append(all, v.Name())
	}
	return all
}

func TestLinksFollowDependencies(t *testing.T) {
	const bucket, lock, topic = "aws:s3/bucketV2:BucketV2", "aws:s3/lock:Lock", "aws:sns/topic:Topic"
	e := Example{Given: []Given{
		{Type: bucket, Name: "files", Props: Props{"bucket": "files-1"}},
		{Type: bucket, Name: "logs", Props: Props{"bucket": "logs-1"}},
		// The output the topic uses waits for the lock, so it depends on both.
		{Type: lock, Name: "files-lock", Links: Links{"bucket": {"files"}}, Parent: "files"},
		{Type: topic, Name: "topic", Links: Links{"source": {"files", "files-lock"}}},
		{Type: lock, Name: "literal", Props: Props{"bucket": "logs-1"}},
		// The values agree, but the dependency is what counts.
		{Type: lock, Name: "elsewhere", Props: Props{"bucket": "logs-1"}, Links: Links{"bucket": {"files"}}},
		{Type: lock, Name: "open", Props: Props{"bucket": Unknown}},
	}}
	s := stackOf(e.StackRequest())
	get := func(name string) *Resource { return s.byURN[e.urn(e.index(name))] }

	assert.Equal(t, []string{"elsewhere", "files-lock"}, names(Referring[named](s, get("files"), "bucket", lock)))
	assert.Equal(t, []string{"literal"}, names(Referring[named](s, get("logs"), "bucket", lock)))
	assert.Equal(t, []string{"files"}, names(Linked[named](s, get("topic"), "source", bucket)))
	assert.Equal(t, []string{"files-lock"}, names(Linked[named](s, get("topic"), "source", lock)))
	assert.Empty(t, Linked[named](s, get("open"), "bucket", bucket))
	assert.Len(t, s.Resources(bucket, topic), 3)
	assert.Equal(t, "files", s.Parent(get("files-lock")).Name())
}
