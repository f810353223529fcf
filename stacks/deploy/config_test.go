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

	"tenant-runtime/components/tenant"
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
		stacks[stack] = file.Config[key]
	}
	return stacks
}

func TestCommittedStacksHaveNoProblems(t *testing.T) {
	stacks := stackFiles(t)
	clouds := map[string]regions.Cloud{"ch": regions.AWS, "eu": regions.AWS, "us": regions.AWS, "eu-gcp": regions.GCP, "eu-azure": regions.Azure}
	require.Len(t, stacks, len(clouds))
	for stack, text := range stacks {
		c, problems := Parse(text)
		assert.NoError(t, problems.Err(), stack)
		assert.Equal(t, clouds[stack], c.Cloud(), stack)
		if clouds[stack] == regions.AWS {
			isolations := map[tenant.Isolation]int{}
			for _, customer := range c.Tenants {
				isolations[customer.Isolation]++
			}
			assert.Equal(t, map[tenant.Isolation]int{tenant.Silo: 1, tenant.Bridge: 1, tenant.Pool: 1}, isolations, stack)
		}
	}
}

func TestCommittedStacksDoNotMeet(t *testing.T) {
	owner := map[string]string{}
	for stack, text := range stackFiles(t) {
		c, _ := Parse(text)
		for _, account := range append([]Tenant{{Account: c.Account}}, c.Tenants...) {
			if a := string(account.Account); a != "" {
				assert.Empty(t, owner[a], "account %s of %s", a, stack)
				owner[a] = stack
			}
		}
	}
}

func TestNotesNameWhatTheAccountNeeds(t *testing.T) {
	for stack, want := range map[string]int{"ch": 1, "eu": 0} {
		c, _ := Parse(stackFiles(t)[stack])
		assert.Len(t, c.Notes(), want, stack)
	}
	assert.Len(t, Config{Home: "switzerlandnorth", Recovery: "switzerlandwest"}.Notes(), 1)
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
	for _, of := range []any{&Config{}, &Tenant{}, &DNSZone{}, &Alarms{}} {
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
		c, err = Load(ctx)
		return nil
	}, pulumi.WithMocks("tenant-runtime", stack, noResources{})))
	return c, err
}

func TestLoad(t *testing.T) {
	c, err := load(t, "eu", map[string]string{key: string(stackFiles(t)["eu"])})
	require.NoError(t, err)
	assert.EqualValues(t, "eu-central-1", c.Home)
}

func TestLoadWithoutConfiguration(t *testing.T) {
	_, err := load(t, "fr", map[string]string{"tenant-runtime:runtimes": "{}"})
	assert.EqualError(t, err, "stack fr has no configuration: describe it under tenant-runtime:runtime in stacks/config/Pulumi.fr.yaml, with stacks/config/Pulumi.eu.yaml as the example")
}

func TestLoadListsEveryProblem(t *testing.T) {
	_, err := load(t, "eu", map[string]string{key: `{"jurisdiction":"EU","environment":"prod","owner":"platform","account":"example-runtime-eu",` +
		`"home":"eu-west-2","recovry":"eu-west-1","tenants":[{"name":"Rhine","isolation":"pool"}]}`})
	assert.EqualError(t, err, strings.Join([]string{
		`tenant-runtime:runtime in stacks/config/Pulumi.eu.yaml has 8 problems:`,
		`  runtime.recovry:         is not a known key: use one of jurisdiction, environment, owner, account, number, home, recovery, network, dnsZone, hosts, alarms, egress, tenants`,
		`  runtime.tenants[0].name: "Rhine" is not a tenant's name: use 3 to 16 lower-case letters and digits, a letter first`,
		`  runtime.home:            "eu-west-2" is London in the United Kingdom, not in EU: use one of eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3`,
		`  runtime.account:         "example-runtime-eu" is not on aws, where eu-west-2 is: write an AWS account id (12 digits, in quotes)`,
		`  runtime.network:         is missing: add it, for example 10.64.0.0/16`,
		`  runtime.dnsZone:         is missing: add it, for example {id: Z0123456789EXAMPLE, name: ch.example.com}`,
		`  runtime.hosts:           is missing: add it, for example [app.ch.example.com]`,
		`  runtime.alarms:          is missing: add it, for example {emails: [oncall@example.com], sms: ['+491713920001']}`,
	}, "\n"))
}
