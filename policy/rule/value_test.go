package rule

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
)

type sample struct {
	*Resource
	Flag   Value[bool]         `prop:"flag"`
	Count  Value[int]          `prop:"inner.count"`
	Rules  List[sampleRule]    `prop:"rules"`
	Zones  List[Value[string]] `prop:"zones"`
	Tags   Map[Value[string]]  `prop:"tags"`
	Nested sampleRule          `prop:"nested"`
}

type sampleRule struct {
	Days Value[int] `prop:"days"`
}

// seen reads properties through the sample view, the whole way from the wire.
func seen(props Props) sample {
	return View[sample](&Resource{typ: "aws:x:Y", name: "x", props: wire(props).GetStructValue()})
}

func TestAValueSaysFirstWhatIsKnown(t *testing.T) {
	output := func(fields Props) Props { fields[resource.SigKey] = resource.OutputValueSig; return fields }
	for name, c := range map[string]struct {
		props any
		value bool
		state State
	}{
		"known":          {true, true, Known},
		"null":           {nil, false, Absent},
		"unknown":        {Unknown, false, Unknown},
		"secret":         {Secret{true}, true, Known},
		"unknown secret": {Secret{Unknown}, false, Unknown},
		"known output":   {output(Props{"value": true}), true, Known},
		"unknown output": {output(Props{}), false, Unknown},
		"as text":        {"true", true, Known},
		"other text":     {"yes", false, Malformed},
		"list":           {[]string{"true"}, false, Malformed},
	} {
		t.Run(name, func(t *testing.T) {
			value, state := seen(Props{"flag": c.props}).Flag.Get()
			assert.Equal(t, c.state, state)
			assert.Equal(t, c.value, value)
		})
	}
}

func TestPartsShareTheStateOfTheWhole(t *testing.T) {
	for name, c := range map[string]struct {
		inner any
		state State
	}{
		"present":   {Props{"count": 3}, Known},
		"missing":   {Props{}, Absent},
		"absent":    {nil, Absent},
		"unknown":   {Unknown, Unknown},
		"malformed": {"text", Malformed},
	} {
		t.Run(name, func(t *testing.T) {
			v := seen(Props{"inner": c.inner}).Count
			_, state := v.Get()
			assert.Equal(t, c.state, state)
			assert.Equal(t, "inner.count", v.Path())
		})
	}
	assert.True(t, seen(Props{"inner": Secret{Props{"count": 3}}}).Count.secret, "what is inside of a secret is secret")
}

func TestListsAndMaps(t *testing.T) {
	v := seen(Props{"rules": []any{Props{"days": 1}, Unknown}, "zones": []string{"a"}, "tags": Props{"tenant": "acme"}, "nested": Props{"days": 7}})
	rules, state := v.Rules.Items()
	assert.Equal(t, Known, state)
	assert.Equal(t, "rules[1].days", rules[1].Days.Path())
	_, state = rules[1].Days.Get()
	assert.Equal(t, Unknown, state, "an unknown element has unknown parts")

	zones, _ := v.Zones.Items()
	assert.Equal(t, Yes, Is(zones[0], "a"))
	keys, _ := v.Tags.Keys()
	assert.Equal(t, []string{"tenant"}, keys)
	assert.Equal(t, Yes, Is(v.Tags.At("tenant"), "acme"))
	_, state = v.Tags.At("zone").Get()
	assert.Equal(t, Absent, state)
	assert.Equal(t, Yes, Is(v.Nested.Days, 7))
	assert.Equal(t, "x", v.Name())
}

func TestTruthIsNotABool(t *testing.T) {
	assert.Equal(t, Maybe, Is(seen(Props{"flag": Unknown}).Flag, false), "unknown is not false")
	assert.Equal(t, No, Is(seen(Props{}).Flag, false), "absent is not false")
	assert.Equal(t, Yes, Is(seen(Props{}).Flag.Or(false), false), "unless the rule says so")
	assert.Equal(t, Maybe, Maybe.And(Yes))
	assert.Equal(t, No, Maybe.And(No))
	assert.Equal(t, Yes, Maybe.Or(Yes))
	assert.Equal(t, Maybe, Maybe.Or(No))
	assert.Equal(t, Maybe, Maybe.Not())
}

func TestAViewThatCannotBeFilledIsRefused(t *testing.T) {
	res := &Resource{}
	assert.Panics(t, func() { View[struct{ Flag Value[bool] }](res) }, "no tag")
	assert.Panics(t, func() {
		View[struct {
			Flag bool `prop:"flag"`
		}](res)
	}, "a bool cannot say that it is unknown")
}

func TestTypesAreNamedOnce(t *testing.T) {
	assert.Equal(t, "azure-native:keyvault:Vault", normalise("azure-native:keyvault/v20230701:Vault"))
	assert.Equal(t, "azure-native:keyvault:Vault", normalise("azure-native:keyvault:Vault"))
	assert.Equal(t, "aws:lb/listener:Listener", normalise("aws:alb/listener:Listener"))
}

func TestSettingsOfTheProvider(t *testing.T) {
	for name, accounts := range map[string]any{"list": []string{"1", "2"}, "text of a list": `["1","2"]`} {
		t.Run(name, func(t *testing.T) {
			e := Example{Given: []Given{{Type: "aws:x:Y", Provider: Props{"allowedAccountIds": accounts}}}}
			v := Provider[struct {
				Region   Value[string]       `prop:"region"`
				Accounts List[Value[string]] `prop:"allowedAccountIds"`
			}](stackOf(e.StackRequest()).all[0])
			assert.Equal(t, Yes, Is(v.Region, "eu-central-1"))
			ids, state := v.Accounts.Items()
			assert.Equal(t, Known, state)
			assert.Equal(t, Yes, Is(ids[1], "2"))
			assert.Equal(t, "provider.allowedAccountIds[1]", ids[1].Path())
		})
	}
}
