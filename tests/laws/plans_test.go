package laws

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/stacks/deploy"
	"tenant-runtime/tests/plans"
)

// eachPlan runs a law for every committed stack.
func eachPlan(t *testing.T, law func(*testing.T, deploy.Config, *mock.Plan)) {
	for _, stack := range plans.Stacks(t) {
		t.Run(stack, func(t *testing.T) {
			law(t, plans.Parsed(t, stack), plans.Of(t, stack))
		})
	}
}

// declarations returns what clouds are asked for: no components and no providers.
func declarations(plan *mock.Plan) []mock.Resource {
	return slices.DeleteFunc(slices.Clone(plan.Resources), func(r mock.Resource) bool { return r.Provider == "" })
}

func TestEveryResourceIsPartOfAComponent(t *testing.T) {
	eachPlan(t, func(t *testing.T, _ deploy.Config, plan *mock.Plan) {
		for _, r := range plan.Resources {
			switch {
			case r.Provider != "":
				assert.True(t, strings.HasPrefix(string(r.Parent.Type()), "tenant-runtime:"), "%s is nobody's child", r.URN)
				assert.True(t, strings.HasPrefix(r.Name, r.Parent.Name()), "%s does not begin with its component's name", r.URN)
			case r.Custom:
				assert.True(t, strings.HasPrefix(r.Type, "pulumi:providers:"), "%s has no provider", r.URN)
			}
		}
	})
}

func TestEveryResourceLiesInARegionOfTheStack(t *testing.T) {
	eachPlan(t, func(t *testing.T, config deploy.Config, plan *mock.Plan) {
		allowed := []string{string(config.Home.ID), string(config.Recovery.ID)}
		for _, r := range declarations(plan) {
			region := regionOf(t, plan, r)
			assert.Contains(t, allowed, region, "%s", r.URN)
			for path, text := range texts("", resource.NewObjectProperty(r.Inputs)) {
				if strings.HasSuffix(path, "availabilityZone") || strings.HasSuffix(path, "location") {
					assert.True(t, strings.HasPrefix(strings.ToLower(text), region), "%s of %s is %s, outside of %s", path, r.URN, text, region)
				}
			}
		}
	})
}

func regionOf(t *testing.T, plan *mock.Plan, r mock.Resource) string {
	provider, ok := plan.Find(string(r.Provider.Type()), r.Provider.Name())
	require.True(t, ok, "%s has no provider", r.URN)
	for _, setting := range []resource.PropertyKey{"region", "location"} {
		if provider.Inputs[setting].IsString() {
			return provider.Inputs[setting].StringValue()
		}
	}
	t.Fatalf("%s has no region", r.Provider)
	return ""
}

// texts returns all texts in a value, by path.
func texts(path string, v resource.PropertyValue) map[string]string {
	found := map[string]string{}
	inner := func(path string, v resource.PropertyValue) {
		for p, text := range texts(path, v) {
			found[p] = text
		}
	}
	switch {
	case v.IsSecret():
		return texts(path, v.SecretValue().Element)
	case v.IsString():
		found[path] = v.StringValue()
	case v.IsArray():
		for i, element := range v.ArrayValue() {
			inner(fmt.Sprintf("%s[%d]", path, i), element)
		}
	case v.IsObject():
		for name, value := range v.ObjectValue() {
			inner(strings.TrimPrefix(path+"."+string(name), "."), value)
		}
	}
	return found
}

// Whatever can carry tags says for whom it is, and it is who its component is for.
func TestEveryResourceSaysWhoseItIs(t *testing.T) {
	facts := []string{"jurisdiction", "environment", "zone", "tenant", "dataClass", "owner"}
	eachPlan(t, func(t *testing.T, config deploy.Config, plan *mock.Plan) {
		for _, r := range declarations(plan) {
			kind, known := schemas[strings.Split(r.Type, ":")[0]]().Kinds[r.Type]
			require.True(t, known, r.Type)
			for property, spell := range map[resource.PropertyKey]func(string) string{"tags": strings.Clone, "labels": strings.ToLower} {
				if kind.In[string(property)].Type != "{string}" {
					continue
				}
				tags := texts("", r.Inputs[property])
				for _, fact := range facts {
					assert.NotEmpty(t, tags[spell(fact)], "%s of %s lack %s", property, r.URN, fact)
				}
				assert.Equal(t, ownerOf(config, r), tags["tenant"], "%s", r.URN)
			}
		}
	})
}

// ownerOf tells a resource's tenant: a silo's stack is the tenant's as a whole,
// elsewhere its component begins with the tenant's name.
func ownerOf(config deploy.Config, r mock.Resource) string {
	if silo, ok := config.Silo(); ok {
		return string(silo.Name)
	}
	for _, tenant := range config.Tenants {
		component, _, _ := strings.Cut(r.Parent.Name(), "-")
		if component == string(tenant.Name) {
			return component
		}
	}
	return "shared"
}

// All stacks can stand at once, as far as the clouds' names go: the simulated
// clouds refuse a name that is taken.
func TestAllStacksFitIntoOneWorld(t *testing.T) {
	assert.Len(t, plans.InOneWorld(t), len(plans.Stacks(t)))
}

// A further tenant costs what the one before it cost, and in pool next to nothing.
func TestTenantsCostTheSame(t *testing.T) {
	for isolation, most := range map[string]int{"bridge": 60, "pool": 8} {
		t.Run(isolation, func(t *testing.T) {
			var counts []int
			for n := range 4 {
				counts = append(counts, len(mock.Run(t, "eu", withTenants(t, "eu", isolation, n), plans.Program).Resources))
			}
			each := counts[1] - counts[0]
			assert.Positive(t, each)
			assert.LessOrEqual(t, each, most)
			assert.Equal(t, []int{counts[0], counts[0] + each, counts[0] + 2*each, counts[0] + 3*each}, counts)
		})
	}
}

// withTenants is the configuration of a stack with n tenants and no other.
func withTenants(t *testing.T, stack, isolation string, n int) map[string]string {
	config := plans.Config(t, stack)
	var runtime object
	require.NoError(t, json.Unmarshal([]byte(config[deploy.Key]), &runtime))
	tenants := []object{}
	for i := range n {
		tenants = append(tenants, object{"name": fmt.Sprintf("tenant%d", i), "isolation": isolation})
	}
	if runtime["tenants"] = tenants; n == 0 {
		delete(runtime, "tenants") // an empty list is refused
	}
	text, err := json.Marshal(runtime)
	require.NoError(t, err)
	config[deploy.Key] = string(text)
	return config
}
