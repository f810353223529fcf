package laws

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/stacks/deploy"
	"tenant-runtime/tests/plans"
)

// What a stack's file may not say is for the file's checks. What it may not say beside
// those of other stacks the program finds when it reads what they export, or the cloud.
func TestAStackRespectsItsNeighbours(t *testing.T) {
	tenants := func(names ...string) []any {
		var list []any
		for _, name := range names {
			list = append(list, object{"name": name, "isolation": "pool"})
		}
		return list
	}
	for name, c := range map[string]struct {
		beside, file string
		edit         object
		refused      string
	}{
		"a tenant of the cell's again":      {"eu", "eu-tenants-a", object{"tenants": tenants("fjord")}, "is taken"},
		"a tenant in a silo's cell":         {"ch-helvetia", "ch", object{"accountId": "444455556666", "account": nil, "cell": object{"stack": "ch-helvetia"}, "tenants": tenants("intruder")}, "is tenant helvetia's alone (TEN-02)"},
		"a cell in a silo's account":        {"ch-helvetia", "ch", object{"accountId": "444455556666", "account": object{"stack": "ch-helvetia"}}, "is tenant helvetia's alone (TEN-02)"},
		"a recovery region nobody closed":   {"eu", "eu-rhine", object{"accountId": "777788889999", "account": object{"stack": "eu"}, "partOf": nil, "recovery": "eu-north-1", "tenants": nil}, `runtime.recovery: "eu-north-1" is not closed`},
		"a cell that the stack has not":     {"eu-gcp", "eu-tenants-a", object{"cell": object{"stack": "eu-gcp"}}, "stack eu-gcp owns no cell"},
		"a cell of a stack of tenants":      {"eu-tenants-a", "eu-tenants-a", object{"cell": object{"stack": "eu-tenants-a"}}, "owns no cell"},
		"an account that is somebody elses": {"eu", "eu-drill", object{"accountId": "111122223333"}, `name the stack that owns "111122223333"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := plans.Beside(t, c.beside, c.file+"-x", withKeys(t, c.file, c.edit))
			require.Error(t, err)
			assert.ErrorContains(t, err, c.refused)
		})
	}
}

// withKeys is the configuration of a committed stack with other values; nil is none.
func withKeys(t *testing.T, stack string, edit object) map[string]string {
	config := plans.Config(t, stack)
	var runtime object
	require.NoError(t, json.Unmarshal([]byte(config[deploy.Key]), &runtime))
	for key, value := range edit {
		if runtime[key] = value; value == nil {
			delete(runtime, key)
		}
	}
	text, err := json.Marshal(runtime)
	require.NoError(t, err)
	config[deploy.Key] = string(text)
	return config
}
