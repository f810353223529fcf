package lifecycle

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/run"
)

var dated = regexp.MustCompile(` until .*`)

// kept is what the real clouds keep of a destroyed stack, or the program leaves on purpose. A line
// more is a leak or a new guarantee; a line less is a guarantee lost.
var kept = []string{
	"holds data: aws:s3/bucketV2:BucketV2",                                                 // logs and archive; nobody empties them by program
	"kept by the program: aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", // the account's, not the stack's
	"kept by the program: aws:route53/record:Record",                                       // proves to the certificate authority whose name it is
	"pending deletion: aws:kms/key:Key",
	"recoverable, name free: aws:rds/instance:Instance", // automated backups
	"recoverable, name free: aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
	"recoverable: aws:secretsmanager/secret:Secret",
}

func TestDestroyLeavesWhatTheCloudsKeep(t *testing.T) {
	t.Parallel()
	r := open(t, deployed(t), nil)
	defer r.Close()
	gone(t, r)

	require.NoError(t, r.World().Advance(40*24*time.Hour)) // longer than any waiting period
	well(t, up(t, r))
	// What the program keeps stands twice in the simulation: it does not know settings of an account
	// that are there before they are made.
	assert.Equal(t, original, slices.Compact(standing(r.World())), "a new runtime in the place of the old")
}

// gone destroys the stack and insists that only what is declared is left.
func gone(t *testing.T, r *run.Rehearsal) {
	t.Helper()
	reports, err := r.Destroy(t.Context(), stack)
	require.NoError(t, err)
	well(t, reports[0])
	var left []string
	for _, residue := range reports[0].Residue {
		left = append(left, dated.ReplaceAllString(residue.Fate, "")+": "+residue.Kind)
	}
	slices.Sort(left)
	assert.Equal(t, kept, slices.Compact(left))
}
