package deploy

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"sigs.k8s.io/yaml"

	"tenant-runtime/components/account"
	"tenant-runtime/components/backup"
	"tenant-runtime/components/column"
	"tenant-runtime/components/database"
	"tenant-runtime/components/edge"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/logging"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/network"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/tenant"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/stacks/deploy/strict"
)

// stackFiles returns the configurations of the committed stacks as JSON, by stack.
func stackFiles(t testing.TB) map[string]json.RawMessage {
	paths, err := filepath.Glob("../config/Pulumi.*.yaml")
	require.NoError(t, err)
	stacks := map[string]json.RawMessage{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		var file struct {
			Config map[string]json.RawMessage `json:"config"`
		}
		require.NoError(t, yaml.UnmarshalStrict(text, &file), path)
		require.Len(t, file.Config, 1, "%s: everything is under one key", path)
		stack := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "Pulumi."), ".yaml")
		stacks[stack] = file.Config[Key]
	}
	return stacks
}

// columns stand for clouds that build everything, and for one that has keys and
// stores only. What a part declares is no matter of configuration.
var (
	whole = column.Column{
		Account: func(*pulumi.Context, string, account.Args, ...pulumi.ResourceOption) (made account.Ref, err error) {
			return
		},
		Keys: func(*pulumi.Context, string, keys.Args, ...pulumi.ResourceOption) (made keys.Ref, err error) { return },
		Monitoring: func(*pulumi.Context, string, monitoring.Args, ...pulumi.ResourceOption) (made monitoring.Ref, err error) {
			return
		},
		Storage: func(*pulumi.Context, string, storage.Args, ...pulumi.ResourceOption) (made storage.Ref, err error) {
			return
		},
		Logging: func(*pulumi.Context, string, logging.Args, ...pulumi.ResourceOption) (made logging.Ref, err error) {
			return
		},
		Network: func(*pulumi.Context, string, network.Args, ...pulumi.ResourceOption) (made network.Ref, err error) {
			return
		},
		Edge: func(*pulumi.Context, string, edge.Args, ...pulumi.ResourceOption) (made edge.Ref, err error) { return },
		Database: func(*pulumi.Context, string, database.Args, ...pulumi.ResourceOption) (made database.Ref, err error) {
			return
		},
		Backup: func(*pulumi.Context, string, backup.Args, ...pulumi.ResourceOption) (made backup.Ref, err error) {
			return
		},
		Tenant: func(*pulumi.Context, string, tenant.Args, ...pulumi.ResourceOption) (made tenant.Ref, err error) {
			return
		},
	}
	bareColumn = column.Column{Keys: whole.Keys, Storage: whole.Storage}
	columns    = Columns{AWS: whole, GCP: bareColumn, Azure: bareColumn}
)

func committed(t testing.TB) map[string]Config {
	all := map[string]Config{}
	for stack, text := range stackFiles(t) {
		c, problems := Parse(text, columns)
		require.NoError(t, problems.Err(), stack)
		all[stack] = c
	}
	return all
}

func TestCommittedStacksHaveNoProblems(t *testing.T) {
	clouds, isolations := map[regions.Cloud]int{}, map[tenant.Isolation]int{}
	for _, c := range committed(t) {
		clouds[c.Home.Cloud]++
		for _, customer := range c.Tenants {
			isolations[customer.Isolation]++
		}
	}
	for _, cloud := range regions.Clouds {
		assert.Positive(t, clouds[cloud], cloud)
	}
	for _, isolation := range tenant.Isolations {
		assert.Positive(t, isolations[isolation], isolation)
	}
}

// An account is closed by one stack, a silo is alone in its own (TEN-02), and an
// address in a log means one place.
func TestCommittedStacksDoNotMeet(t *testing.T) {
	owner := map[value.Account]string{}
	networks := map[string]value.Range{}
	for stack, c := range committed(t) {
		if c.Account.IsOwned() {
			assert.Empty(t, owner[c.AccountID], "account %s of %s", c.AccountID, stack)
			owner[c.AccountID] = stack
		}
		if !c.Cell.IsOwned() || !c.Cell.Network.IsValid() {
			continue
		}
		for other, taken := range networks {
			assert.False(t, taken.Overlaps(c.Cell.Network.Prefix), "networks of %s and %s", stack, other)
		}
		networks[stack] = c.Cell.Network
	}
}

func TestOrder(t *testing.T) {
	all := committed(t)
	noDrill := func(stack string) bool { return !all[stack].IsDrill() }
	assert.Equal(t, []string{"eu", "eu-rhine", "eu-tenants-a"}, With(all, []string{"eu"}, noDrill))
	assert.Equal(t, []string{"ch-helvetia"}, With(all, []string{"ch-helvetia"}, noDrill))
	assert.Equal(t, []string{"eu", "eu-drill", "eu-rhine", "eu-tenants-a"}, With(all, []string{"eu"}, func(string) bool { return true }))
	order, err := Order(all, []string{"us", "eu-drill", "eu-tenants-a", "eu"})
	require.NoError(t, err)
	assert.Equal(t, []string{"eu", "eu-drill", "eu-tenants-a", "us"}, order)
	order, err = Order(all, []string{"eu-tenants-a"})
	require.NoError(t, err)
	assert.Equal(t, []string{"eu-tenants-a"}, order, "what it builds on stands, or its update says that it does not")

	first := all["eu"]
	first.Cell = &Cell{Stack: "last"}
	order, err = Order(map[string]Config{"first": first, "last": all["us"]}, []string{"first", "last"})
	require.NoError(t, err)
	assert.Equal(t, []string{"last", "first"}, order, "by what they read, not by name")

	a, b := all["eu"], all["eu-tenants-a"]
	a.Account = &Account{Stack: "b"}
	b.Cell = &Cell{Stack: "a"}
	_, err = Order(map[string]Config{"a": a, "b": b, "eu": all["eu"]}, []string{"a", "b", "eu"})
	assert.ErrorContains(t, err, "stacks a, b refer to each other in a circle")
}

func TestNotesNameWhatTheAccountNeeds(t *testing.T) {
	for stack, want := range map[string]int{"ch": 2, "eu": 1, "eu-tenants-a": 0, "eu-drill": 0, "eu-gcp": 0} {
		assert.Len(t, committed(t)[stack].Notes(), want, stack)
	}
	var c Config
	require.NoError(t, c.Home.UnmarshalText([]byte("switzerlandnorth")))
	require.NoError(t, c.Recovery.UnmarshalText([]byte("switzerlandwest")))
	assert.Len(t, c.Notes(), 1)
}

// noResources is a cloud in which nothing can be declared: loading must not try.
type noResources struct{}

func (noResources) NewResource(r pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	return "", nil, fmt.Errorf("%s was declared while loading", r.Name)
}

func (noResources) Call(c pulumi.MockCallArgs) (resource.PropertyMap, error) {
	return nil, fmt.Errorf("%s was called while loading", c.Token)
}

// TestExamplesAreValid reads the examples that messages show.
func TestExamplesAreValid(t *testing.T) {
	for _, of := range []any{&Config{}, &Account{}, &Cell{}, &Tenant{}, &DNSZone{}, &Alarms{}, &Restore{}, &database.Source{}, &RestoreStore{}} {
		object := map[string]any{}
		fields := reflect.TypeOf(of).Elem()
		for i := range fields.NumField() {
			if example, shown := fields.Field(i).Tag.Lookup("example"); shown {
				var value any
				require.NoError(t, yaml.Unmarshal([]byte(example), &value))
				object[strings.Split(fields.Field(i).Tag.Get("json"), ",")[0]] = value
			}
		}
		text, err := json.Marshal(object)
		require.NoError(t, err)
		assert.NoError(t, strict.Decode("example", text, of).Err())
	}
}

// load runs Load as the program of a stack would.
func load(t *testing.T, stack string, settings map[string]string) (c Config, err error) {
	text, marshalErr := json.Marshal(settings)
	require.NoError(t, marshalErr)
	t.Setenv("PULUMI_CONFIG", string(text))
	require.NoError(t, pulumi.RunErr(func(ctx *pulumi.Context) error {
		c, err = Load(ctx, columns)
		return nil
	}, pulumi.WithMocks("tenant-runtime", stack, noResources{})))
	return c, err
}

func TestLoad(t *testing.T) {
	c, err := load(t, "eu", map[string]string{Key: string(stackFiles(t)["eu"])})
	require.NoError(t, err)
	assert.EqualValues(t, "eu-central-1", c.Home.ID)
}

func TestLoadWithoutConfiguration(t *testing.T) {
	_, err := load(t, "fr", map[string]string{"tenant-runtime:runtimes": "{}"})
	assert.EqualError(t, err, "stack fr has no configuration: describe it under tenant-runtime:runtime in stacks/config/Pulumi.fr.yaml, with stacks/config/Pulumi.eu.yaml as the example")
}

func TestLoadListsEveryProblem(t *testing.T) {
	_, err := load(t, "eu", map[string]string{Key: `{"jurisdiction":"EU","environment":"prod","owner":"platform","accountId":"example-runtime-eu",` +
		`"home":"eu-west-2","recovry":"eu-west-1","account":{},"cell":{},"tenants":[{"name":"Rhine","isolation":"pool"}]}`})
	assert.EqualError(t, err, strings.Join([]string{
		`tenant-runtime:runtime in stacks/config/Pulumi.eu.yaml has 8 problems:`,
		`  runtime.recovry:         is not a known key: use one of jurisdiction, environment, owner, accountId, number, home, recovery, partOf, account, cell, tenants`,
		`  runtime.tenants[0].name: "Rhine" is not a tenant's name: use 3 to 16 lower-case letters and digits, a letter first`,
		`  runtime.home:            "eu-west-2" is London in the United Kingdom, not in EU: use one of eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3`,
		`  runtime.accountId:       "example-runtime-eu" is not on aws, where eu-west-2 is: write an AWS account id (12 digits, in quotes)`,
		`  runtime.cell.network:    is missing: add it, for example 10.64.0.0/16`,
		`  runtime.cell.dnsZone:    is missing: add it, for example {id: Z0123456789EXAMPLE, name: ch.example.com}`,
		`  runtime.cell.hosts:      is missing: add it, for example [app.ch.example.com]`,
		`  runtime.cell.alarms:     is missing: add it, for example {emails: [oncall@example.com], sms: ['+491713920001']}`,
	}, "\n"))
}

func TestStackNames(t *testing.T) {
	text := string(stackFiles(t)["eu-tenants-a"])
	for stack, want := range map[string]string{
		"eu_test": "is not the name of a stack", "eu.test": "is not the name of a stack", "eu-": "is not the name of a stack", "2026": "is not the name of a stack",
		"internal": "clouds keep for names of their own", "sg-eu": "clouds keep", strings.Repeat("a", 80): "has 80 characters: use 2 to 24",
		"eu": `"eu" is this stack: name the one that stands before it`,
	} {
		_, err := load(t, stack, map[string]string{Key: text})
		assert.ErrorContains(t, err, want, stack)
	}
}
