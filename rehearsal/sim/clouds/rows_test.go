package clouds_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
)

// example is a resource of a kind. "@name" among its inputs is the id of an
// earlier example, "@name.arn" an output of it.
type example struct {
	kind, name string
	inputs     sim.Props
}

var configs = map[string]sim.Config{
	"aws":          {Package: "aws", Account: "111111111111", Region: "eu-central-1"},
	"aws@paris":    {Package: "aws", Account: "111111111111", Region: "eu-west-3"},
	"gcp":          {Package: "gcp", Account: "tenant-prod", Region: "europe-west6"},
	"azure-native": {Package: "azure-native", Account: "00000000-0000-0000-0000-000000000001", Region: "switzerlandnorth"},
}

// config is the provider of a resource; names that end in @paris are there.
func (e example) config() sim.Config {
	pkg, _, _ := strings.Cut(e.kind, ":")
	if strings.HasSuffix(e.name, "@paris") {
		pkg += "@paris"
	}
	return configs[pkg]
}

func (e example) urn() resource.URN {
	return resource.URN("urn:pulumi:eu::tenant-runtime::" + e.kind + "::" + e.name)
}

// bench is a world with examples in it.
type bench struct {
	*testing.T
	*sim.World
	made map[string]sim.Resource
}

func newBench(t *testing.T) *bench {
	w, err := clouds.Open(filepath.Join(t.TempDir(), "world"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = w.Close() })
	return &bench{t, w, map[string]sim.Resource{}}
}

// inputs replaces references to earlier examples.
func (b *bench) inputs(v any) any {
	switch v := v.(type) {
	case string:
		name, output, isOutput := strings.Cut(strings.TrimPrefix(v, "@"), ".")
		r, found := b.made[name]
		switch {
		case !strings.HasPrefix(v, "@"):
			return v
		case !found:
			require.Failf(b, "no earlier example", "%s", v)
		case isOutput:
			return r.Text(output)
		}
		return r.ID
	case []any:
		list := slices.Clone(v)
		for i := range list {
			list[i] = b.inputs(list[i])
		}
		return list
	case map[string]any:
		m := sim.Props{}
		for k, e := range v {
			m[k] = b.inputs(e)
		}
		return m
	}
	return v
}

func (b *bench) try(e example) (sim.Resource, error) {
	given := resource.NewPropertyMapFromMap(b.inputs(e.inputs).(sim.Props))
	inputs, problems := b.Check(e.config(), e.urn(), nil, given)
	if len(problems) > 0 {
		return sim.Resource{}, fmt.Errorf("%v", problems)
	}
	id, outputs, err := b.Create(e.config(), e.urn(), inputs)
	r := sim.Resource{URN: e.urn(), ID: id, Inputs: inputs, Outputs: outputs}
	if err == nil {
		b.made[e.name] = r
	}
	return r, err
}

func (b *bench) make(e example) sim.Resource {
	b.Helper()
	r, err := b.try(e)
	require.NoErrorf(b, err, "%s %s", e.kind, e.name)
	return r
}

// TestEveryRowMakesARoundTrip creates, reads, compares and deletes an example of
// every kind. A row without an example fails: nothing would ever have tried it.
func TestEveryRowMakesARoundTrip(t *testing.T) {
	b := newBench(t)
	tried := map[string]bool{}
	for _, e := range examples {
		tried[e.kind] = true
		if _, twice := b.made[e.name]; twice {
			t.Fatalf("two examples are called %s", e.name)
		}
		r := b.make(e)
		inputs, outputs, ok, err := b.Read(e.config(), e.urn(), r.ID)
		require.NoErrorf(t, err, "%s", e.name)
		require.Truef(t, ok, "%s is not found by its id %s", e.name, r.ID)
		d, err := b.Diff(e.config(), e.urn(), r.ID, inputs, outputs, r.Inputs)
		require.NoError(t, err)
		assert.Emptyf(t, d.Changed, "%s: repeating is no change", e.name)
		_, err = b.Update(e.config(), e.urn(), r.ID, r.Inputs)
		require.NoErrorf(t, err, "%s", e.name)
	}
	var untried []string
	for _, table := range clouds.Tables() {
		for _, k := range table.Kinds {
			if !tried[k.Type] {
				untried = append(untried, k.Type)
			}
		}
	}
	assert.Empty(t, untried, "kinds without an example: add one to examples_*_test.go")
	switches := clouds.Switches()
	for _, e := range slices.Backward(examples) {
		err := b.Delete(e.config(), e.urn(), b.made[e.name].ID)
		if slices.Contains(switches, e.kind) {
			require.ErrorContains(t, err, "must stay", "%s", e.name)
			continue
		}
		require.NoErrorf(t, err, "%s", e.name)
	}
	assert.Empty(t, b.Resources(func(r sim.Resource) bool { return r.Fate != sim.Kept && !slices.Contains(switches, r.Kind) }))
}

// TestQuirksAreFew: a quirk is a law that only one kind has. Before adding to the
// list, see whether a law or a field of the row can say it.
func TestQuirksAreFew(t *testing.T) {
	var quirky []string
	for _, table := range clouds.Tables() {
		for _, k := range table.Kinds {
			if k.Quirk != nil {
				quirky = append(quirky, k.Type)
			}
		}
	}
	assert.ElementsMatch(t, []string{
		"aws:acm/certificate:Certificate",                                        // asks for a record per name
		"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",        // prescribes how the log group's name begins
		"aws:backup/vaultLockConfiguration:VaultLockConfiguration",               // final after its days of grace
		"aws:ec2/subnet:Subnet",                                                  // inside its VPC
		"aws:ec2/vpcEndpoint:VpcEndpoint",                                        // to services of its region
		"aws:kms/replicaKey:ReplicaKey",                                          // not in the region of its primary
		"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2", // needs a versioned bucket
		"aws:s3/bucketReplicationConfig:BucketReplicationConfig",                 // needs two
		"aws:networkfirewall/firewall:Firewall",                                  // an endpoint per zone
		"aws:networkfirewall/firewallPolicy:FirewallPolicy",                      // AWS's rule groups of its region
		"aws:rds/instance:Instance",                                              // a final snapshot needs a name
		"aws:rds/subnetGroup:SubnetGroup",                                        // in two zones
	}, quirky)
}
