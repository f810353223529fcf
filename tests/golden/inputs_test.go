package golden

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/plans"
)

// telling are the resources of which one wants to see every property: each is what
// a whole component is about.
var telling = [][2]string{
	{"aws:backup/plan:Plan", "backup"},
	{"aws:backup/vaultLockConfiguration:VaultLockConfiguration", "backup-copy"},
	{"aws:kms/key:Key", "danube-storage"},
	{"aws:networkfirewall/firewallPolicy:FirewallPolicy", "network"},
	{"aws:rds/instance:Instance", "database"},
	{"aws:s3/bucketPolicy:BucketPolicy", "danube-attachments"},
}

func TestInputs(t *testing.T) {
	plan := plans.Of(t, "eu")
	called := names(plan)
	var b strings.Builder
	for _, id := range telling {
		r, ok := plan.Find(id[0], id[1])
		require.True(t, ok, "%s %s", id[0], id[1])
		text, err := yaml.Marshal(opened(r.Inputs.Mappable()))
		require.NoError(t, err)
		fmt.Fprintf(&b, "# %s %s\n%s---\n", id[0], id[1], called.Replace(string(text)))
	}
	compare(t, "eu-inputs.yaml", b.String())
}

// opened reads documents that are written as text, so that one can review them.
func opened(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = opened(inner)
		}
	case []any:
		for i, inner := range v {
			v[i] = opened(inner)
		}
	case string:
		var document map[string]any
		if json.Unmarshal([]byte(v), &document) == nil {
			return document
		}
	}
	return v
}

// made is an id that a cloud makes up.
var made = regexp.MustCompile(`^([a-z]+-)?[0-9a-f]{17}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// names replaces ids that the simulated cloud makes up by whose they are.
func names(plan *mock.Plan) *strings.Replacer {
	var pairs []string
	for _, r := range plan.Resources {
		if made.MatchString(r.ID) {
			pairs = append(pairs, r.ID, "<"+short(r.Type)+" "+r.Name+">")
		}
	}
	return strings.NewReplacer(pairs...)
}
