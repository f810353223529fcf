package sim_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

func TestWhatAKilledRunLeftIsAdopted(t *testing.T) {
	b := newBench(t)
	known := b.make(b.frankfurt, box, "known", sim.Props{"name": "known"})
	same := b.make(b.frankfurt, box, "same", sim.Props{"name": "same"})
	grown := b.make(b.frankfurt, box, "grown", sim.Props{"name": "grown", "size": 1})
	b.make(b.frankfurt, box, "other", sim.Props{"name": "other", "kind": "a"})
	b.make(b.frankfurt, box, "gone", sim.Props{"name": "gone"})
	unnamed := b.make(b.frankfurt, box, "u", nil)

	stack := urn(box, "same").Stack().String()
	recorded := func(u resource.URN, id string) bool { return u == urn(box, "known") && id == known }
	assert.Equal(t, 5, b.Adopt(stack, recorded))

	assert.Equal(t, same, b.make(b.frankfurt, box, "same", sim.Props{"name": "same"}))
	assert.Equal(t, grown, b.make(b.frankfurt, box, "grown", sim.Props{"name": "grown", "size": 2}))
	assert.Equal(t, unnamed, b.make(b.frankfurt, box, "u", nil), "the name that was invented is its own")
	_, err := b.try(b.frankfurt, box, "other", sim.Props{"name": "other", "kind": "b"})
	assert.ErrorContains(t, err, "is taken", "what cannot change in place is not adopted")
	_, err = b.try(b.frankfurt, box, "known", sim.Props{"name": "known"})
	assert.ErrorContains(t, err, "is taken", "what is recorded is not adopted")
	_, err = b.try(b.frankfurt, box, "same", sim.Props{"name": "same"})
	assert.ErrorContains(t, err, "is taken", "nothing is adopted twice")

	left := b.Left(stack)
	require.Len(t, left, 1)
	assert.Equal(t, urn(box, "gone"), left[0].URN)
	creates, err := b.Journal(func(e sim.Entry) bool { return e.Verb == sim.Create && e.Error == "" })
	require.NoError(t, err)
	assert.Len(t, creates, 6, "nothing was created twice")
}
