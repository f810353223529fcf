package clouds_test

import (
	"fmt"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
)

// BenchmarkLife measures what a tenant's five resources take to be checked, created,
// read, compared, updated and deleted, in worlds that hold more and more of the like:
// it must not depend on how many there are. One key has a fifth of the world as its
// users, and another fifth bears one name.
func BenchmarkLife(b *testing.B) {
	for _, size := range []int{500, 5_000, 50_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			w, err := clouds.Open(filepath.Join(b.TempDir(), "world"))
			require.NoError(b, err)
			defer w.Close()
			key := live(b, w, example{"aws:kms/key:Key", "key", sim.Props{}})
			for i := range size / 5 {
				for _, e := range tenant(fmt.Sprint("tenant", i), key) {
					live(b, w, e)
				}
			}
			start := cpu(b)
			for b.Loop() {
				var ids []string
				life := tenant("measured", key)
				for _, e := range life {
					ids = append(ids, live(b, w, e))
				}
				for i := len(life) - 1; i >= 0; i-- {
					require.NoError(b, w.Delete(life[i].config(), life[i].urn(), ids[i]))
				}
			}
			b.ReportMetric((cpu(b)-start)/float64(b.N), "cpu-µs/op")
		})
	}
}

// tenant is a little of everything: something named, parts that share a name, users
// of something shared.
func tenant(name, key string) []example {
	return []example{
		{"aws:iam/role:Role", name, sim.Props{"name": name, "assumeRolePolicy": trust}},
		{"aws:iam/rolePolicy:RolePolicy", name, sim.Props{"name": "inline", "role": name, "policy": "{}"}},
		{"aws:secretsmanager/secret:Secret", name, sim.Props{"name": name, "kmsKeyId": key, "recoveryWindowInDays": 0}},
		{"aws:s3/bucketV2:BucketV2", name, sim.Props{"bucket": name}},
		{"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name, sim.Props{"bucket": name}},
	}
}

// live does with a resource what engines do, short of deleting it.
func live(b *testing.B, w *sim.World, e example) (id string) {
	given := resource.NewPropertyMapFromMap(e.inputs)
	inputs, problems := w.Check(e.config(), e.urn(), nil, given)
	require.Empty(b, problems)
	id, outputs, err := w.Create(e.config(), e.urn(), inputs)
	require.NoError(b, err)
	_, _, found, err := w.Read(e.config(), e.urn(), id)
	require.NoError(b, err)
	require.True(b, found)
	_, err = w.Diff(e.config(), e.urn(), id, inputs, outputs, inputs)
	require.NoError(b, err)
	_, err = w.Update(e.config(), e.urn(), id, inputs)
	require.NoError(b, err)
	return id
}

// cpu is the processor time that this process has used, in µs: others may use the
// machine too.
func cpu(b *testing.B) float64 {
	var used syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e3
}
