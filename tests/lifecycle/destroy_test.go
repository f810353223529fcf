package lifecycle

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/run"
)

var dated = regexp.MustCompile(` until .*`)

// kept is what the real clouds keep of a destroyed stack, or the program leaves on purpose. A line
// more is a leak or a new guarantee; a line less is a guarantee lost.
var kept = []string{
	"holds data: aws:s3/bucketV2:BucketV2", // logs and archive; nobody empties them by program
	"husk: gcp:kms/cryptoKey:CryptoKey",
	"kept by the program: aws:ebs/encryptionByDefault:EncryptionByDefault", // the account's, not the stack's
	"kept by the program: aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
	"kept by the program: aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
	"kept by the program: aws:route53/record:Record", // proves to the certificate authority whose name it is
	"kept by the program: aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
	"kept: gcp:kms/keyRing:KeyRing",
	"pending deletion: aws:kms/key:Key",
	"recoverable, name free: aws:rds/instance:Instance", // automated backups
	"recoverable, name free: aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
	"recoverable, name free: azure-native:storage:StorageAccount",
	"recoverable, name free: gcp:storage/bucket:Bucket",
	"recoverable: aws:secretsmanager/secret:Secret",
	"recoverable: azure-native:keyvault:Key",
	"recoverable: azure-native:keyvault:Vault",
}

// A new runtime comes up in the place of the old, except on Google Cloud, which never gives a key
// key ring's name back.
func TestDestroyLeavesWhatTheCloudsKeep(t *testing.T) {
	t.Parallel()
	r := open(t, deployed(t), nil)
	defer r.Close()
	assert.Equal(t, kept, gone(t, r, all...))

	require.NoError(t, r.World().Advance(100*24*time.Hour)) // longer than any waiting period
	google := r.Everything(string(regions.GCP))
	rest := slices.DeleteFunc(slices.Clone(all), func(stack string) bool { return slices.Contains(google, stack) })
	up(t, r, rest...)
	assert.Equal(t, of(rest), standing(r.World(), rest...))
	reports, err := r.Up(t.Context(), google...)
	require.NoError(t, err)
	for _, refused := range reports {
		assert.Contains(t, strings.Join(refused.Errors, "\n"), "was never deleted, only forgotten: import it", refused.Stack)
	}
}

// gone destroys stacks and those that hang on them, and lists what is left, by fate and kind: nothing
// but what is declared.
func gone(t *testing.T, r *run.Rehearsal, stacks ...string) []string {
	t.Helper()
	reports, err := r.Destroy(t.Context(), stacks...)
	require.NoError(t, err)
	well(t, reports)
	var left []string
	for _, destroyed := range reports {
		for _, residue := range destroyed.Residue {
			left = append(left, dated.ReplaceAllString(residue.Fate, "")+": "+residue.Kind)
		}
	}
	slices.Sort(left)
	left = slices.Compact(left)
	assert.Subset(t, kept, left)
	return left
}
