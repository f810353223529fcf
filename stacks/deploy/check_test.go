package deploy

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type object = map[string]any

// valid is a configuration of the EU on AWS: tenants[0] is a bridge, tenants[1] a
// pool, tenants[2] and tenants[3] are silos.
func valid() object {
	silo := func(name, account, network string) object {
		return object{"name": name, "isolation": "silo", "account": account, "network": network,
			"dnsZone": object{"id": "Z0EXAMPLE0" + account, "name": name + ".example.com"}, "hosts": []any{name + ".example.com"}}
	}
	return object{
		"jurisdiction": "EU", "environment": "prod", "owner": "platform",
		"account": "111122223333", "home": "eu-central-1", "recovery": "eu-west-1",
		"network": "10.64.0.0/16", "dnsZone": object{"id": "Z0EXAMPLE", "name": "eu.example.com"}, "hosts": []any{"app.eu.example.com"},
		"alarms": object{"emails": []any{"oncall@example.com"}, "sms": []any{"+491713920001"}},
		"egress": []any{"smtp.example.net"},
		"tenants": []any{
			object{"name": "danube", "isolation": "bridge"}, object{"name": "fjord", "isolation": "pool"},
			silo("rhine", "444455556666", "10.65.0.0/18"), silo("tagus", "777788889999", "10.66.0.0/18"),
		},
	}
}

// put sets a value of the runtime, or removes the key when the value is nil.
func put(key string, value any) func(object) {
	return func(o object) {
		o[key] = value
		if value == nil {
			delete(o, key)
		}
	}
}

// ofTenant does the same in a tenant.
func ofTenant(i int, key string, value any) func(object) {
	return func(o object) { put(key, value)(o["tenants"].([]any)[i].(object)) }
}

// bare makes the runtime one on another cloud, without what is not built there.
func bare(account, jurisdiction, home string, recovery any) func(object) {
	return func(o object) {
		for _, key := range []string{"network", "dnsZone", "hosts", "alarms", "egress", "tenants"} {
			delete(o, key)
		}
		o["account"], o["jurisdiction"], o["home"] = account, jurisdiction, home
		put("recovery", recovery)(o)
		if account == project {
			o["number"] = "123456789012"
		}
	}
}

func both(edits ...func(object)) func(object) {
	return func(o object) {
		for _, edit := range edits {
			edit(o)
		}
	}
}

const (
	project      = "example-runtime"
	subscription = "00000000-1111-2222-3333-444444444444"
)

func TestProblems(t *testing.T) {
	swiss := both(put("jurisdiction", "CH"), put("home", "eu-central-2"))
	for _, c := range []struct {
		name string
		edit func(object)
		want []string // path, reason, path, reason, …
	}{
		{"valid", func(object) {}, nil},

		{"home in another jurisdiction", put("home", "eu-central-2"), []string{"runtime.home", "is Zurich in Switzerland, not in EU: use one of eu-central-1"}},
		{"home that looks like the EU", put("home", "eu-west-2"), []string{"runtime.home", "is London in the United Kingdom, not in EU"}},
		{"home without three zones", both(put("jurisdiction", "US"), put("home", "us-west-1"), put("recovery", "us-east-2")), []string{"runtime.home", "fewer than three zones"}},
		{"home that does not exist", put("home", "eu-centarl-1"), []string{"runtime.home", `did you mean "eu-central-1"?`}},
		{"home missing", put("home", nil), []string{"runtime.home", "is missing"}},

		{"recovery missing", put("recovery", nil), []string{"runtime.recovery", "is missing: add the region to rebuild in when eu-central-1 is lost"}},
		{"recovery is home", put("recovery", "eu-central-1"), []string{"runtime.recovery", "is the home region"}},
		{"recovery in another jurisdiction", put("recovery", "us-east-1"), []string{"runtime.recovery", "is N. Virginia in the United States, not in EU: use one of eu-north-1"}},
		{"recovery on another cloud", put("recovery", "europe-west3"), []string{"runtime.recovery", "is on gcp, and nothing copies there from aws yet"}},
		{"no recovery in Switzerland", both(swiss, put("recovery", nil)), nil},
		{"recovery abroad for Switzerland", swiss, []string{"runtime.recovery", "eu-central-2 is aws's only region in CH, which data must not leave (RES-03): remove the key"}},

		{"account of another cloud", put("account", project), []string{"runtime.account", "is not on aws, where eu-central-1 is: write an AWS account id"}},
		{"account read as a number", put("account", 111122223333), []string{"runtime.account", "111122223333 is a number, not text: put it in quotes"}},
		{"account too short", put("account", "11112222333"), []string{"runtime.account", "is no account"}},
		{"silo's account of another cloud", ofTenant(2, "account", subscription), []string{"runtime.tenants[2].account", "is not on aws"}},

		{"public network", put("network", "198.18.0.0/16"), []string{"runtime.network", "is not private: take it from"}},
		{"network of bits", put("network", "10.64.0.1/16"), []string{"runtime.network", "write 10.64.0.0/16"}},
		{"network too small", put("network", "10.64.0.0/21"), []string{"runtime.network", "use /16 to /20"}},
		{"network too large", put("network", "10.0.0.0/8"), []string{"runtime.network", "use /16 to /20"}},
		{"network wider than private", put("network", "172.0.0.0/11"), []string{"runtime.network", "is not private"}},
		{"network of another kind", put("network", "fd00::/16"), []string{"runtime.network", "is not private"}},
		{"no network at all", put("network", "10.64"), []string{"runtime.network", "is not a range"}},
		{"silo in the shared network", ofTenant(2, "network", "10.64.64.0/18"), []string{"runtime.tenants[2].network", "overlaps runtime.network 10.64.0.0/16"}},
		{"silos in one network", ofTenant(3, "network", "10.65.0.0/20"), []string{"runtime.tenants[3].network", "overlaps runtime.tenants[2].network 10.65.0.0/18"}},

		{"silo in the shared account", ofTenant(2, "account", "111122223333"), []string{"runtime.tenants[2].account", "is given at runtime.account already"}},
		{"silos in one account", ofTenant(3, "account", "444455556666"), []string{"runtime.tenants[3].account", "is given at runtime.tenants[2].account already"}},
		{"silo without place", both(ofTenant(2, "account", nil), ofTenant(2, "network", nil), ofTenant(2, "dnsZone", nil), ofTenant(2, "hosts", nil)), []string{
			"runtime.tenants[2].account", "is missing: add it, for example '444455556666'", "runtime.tenants[2].network", "is missing",
			"runtime.tenants[2].dnsZone", "is missing", "runtime.tenants[2].hosts", "is missing"}},
		{"bridge with place", both(ofTenant(0, "account", "123456789012"), ofTenant(0, "network", "10.99.0.0/18")), []string{
			"runtime.tenants[0].account", "has no effect, because a tenant in bridge lives in the shared cell: remove the key", "runtime.tenants[0].network", "has no effect"}},

		{"tenant twice", ofTenant(1, "name", "danube"), []string{"runtime.tenants[1].name", "is given at runtime.tenants[0].name already"}},
		{"tenant called shared", ofTenant(1, "name", "shared"), []string{"runtime.tenants[1].name", "is reserved"}},
		{"tenant called like a part", ofTenant(1, "name", "database"), []string{"runtime.tenants[1].name", "is reserved"}},
		{"tenant with hyphen", ofTenant(1, "name", "fj-ord"), []string{"runtime.tenants[1].name", "is not a tenant's name"}},
		{"tenant too long", ofTenant(1, "name", "fjordfjordfjordfj"), []string{"runtime.tenants[1].name", "3 to 16"}},
		{"isolation unknown", ofTenant(1, "isolation", "shared"), []string{"runtime.tenants[1].isolation", "use silo, bridge or pool"}},

		{"host twice", ofTenant(2, "hosts", []any{"app.eu.example.com", "rhine.example.com"}), []string{
			"runtime.tenants[2].hosts[0]", "is not in the zone rhine.example.com", "runtime.tenants[2].hosts[0]", "is given at runtime.hosts[0] already"}},
		{"host of another zone", put("hosts", []any{"app.example.com"}), []string{"runtime.hosts[0]", "is not in the zone eu.example.com"}},
		{"host that ends like the zone", put("hosts", []any{"app-eu.example.com"}), []string{"runtime.hosts[0]", "is not in the zone"}},
		{"host is the zone", put("hosts", []any{"eu.example.com"}), nil},
		{"wildcard host", put("hosts", []any{"*.eu.example.com"}), []string{"runtime.hosts[0]", "without wildcard"}},
		{"zone twice", ofTenant(2, "dnsZone", object{"id": "Z0EXAMPLE", "name": "rhine.example.com"}), []string{"runtime.tenants[2].dnsZone.id", "is given at runtime.dnsZone.id already"}},

		{"one kind of channel", put("alarms", object{"emails": []any{"oncall@example.com"}}), []string{"runtime.alarms.sms", "is missing: add it, for example ['+491713920001']"}},
		{"no address", put("alarms", object{"emails": []any{}, "sms": []any{"+491713920001"}}), []string{"runtime.alarms.emails", "is an empty list"}},
		{"address with a name", put("alarms", object{"emails": []any{"On Call <oncall@example.com>"}, "sms": []any{"+491713920001"}}), []string{"runtime.alarms.emails[0]", "is not an e-mail address"}},
		{"number without country", put("alarms", object{"emails": []any{"oncall@example.com"}, "sms": []any{"01713920001"}}), []string{"runtime.alarms.sms[0]", "is not a telephone number"}},
		{"number twice", put("alarms", object{"emails": []any{"oncall@example.com"}, "sms": []any{"+491713920001", "+491713920001"}}), []string{"runtime.alarms.sms[1]", "is given at runtime.alarms.sms[0] already"}},

		{"egress by address", put("egress", []any{"192.0.2.1"}), []string{"runtime.egress[0]", "is not a full host name"}},
		{"owner that is no label", put("owner", "Platform Team"), []string{"runtime.owner", "is not a team"}},
		{"environment unknown", put("environment", "production"), []string{"runtime.environment", "use one of [prod staging dev drill]"}},
		{"typing error", put("alarm", object{}), []string{"runtime.alarm", "is not a known key"}},

		{"only what is built on gcp", bare(project, "EU", "europe-west3", "europe-west4"), nil},
		{"only what is built on azure", bare(subscription, "CH", "switzerlandnorth", "switzerlandwest"), nil},
		{"azure's region without zones as home", bare(subscription, "CH", "switzerlandwest", "switzerlandnorth"), []string{"runtime.home", "use one of switzerlandnorth; as recovery it will do"}},
		{"project without number", both(bare(project, "EU", "europe-west3", "europe-west4"), put("number", nil)), []string{"runtime.number", "is missing: add it, for example '123456789012'"}},
		{"number of a project on aws", put("number", "123456789012"), []string{"runtime.number", "has no effect, because aws has no project numbers: remove the key"}},
		{"more than is built on gcp", both(bare(project, "CH", "europe-west6", nil), put("network", "10.64.0.0/16"), put("egress", []any{"smtp.example.net"})), []string{
			"runtime.network", "has no effect, because only keys and stores are built on gcp yet", "runtime.egress", "has no effect"}},

		{"one unreadable value hides no other", both(put("home", "nowhere"), ofTenant(2, "network", "10.64.0.0/18"), ofTenant(1, "name", "danube")), []string{
			"runtime.home", "is not a region", "runtime.tenants[1].name", "already", "runtime.tenants[2].network", "overlaps"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := valid()
			c.edit(config)
			text, err := json.Marshal(config)
			require.NoError(t, err)
			_, problems := Parse(text)
			if !assert.Len(t, problems, len(c.want)/2, problems) {
				return
			}
			for i, p := range problems {
				assert.Equal(t, c.want[2*i], p.Path)
				assert.Contains(t, p.Reason, c.want[2*i+1])
			}
		})
	}
}

func TestNoTenantIsCalledLikeAComponent(t *testing.T) {
	paths, err := filepath.Glob("../../components/*")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			assert.Error(t, new(TenantName).UnmarshalText([]byte(filepath.Base(path))), "add %q to reserved", filepath.Base(path))
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, text := range stackFiles(f) {
		f.Add([]byte(text))
	}
	for _, text := range []string{
		``, `null`, `[]`, `{}`, `{"runtime":{}}`, `{"home":"eu-west-2"}`, `{"tenants":[{},null,7]}`, `{"owner":"a","owner":"b"}`,
		`{"network":"10.0.0.0/33","hosts":[""],"alarms":{"emails":"x@y"}}`, `{"jurisdiction":"EU"} trailing`, "{\"owner\":\"\xff\"}",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, problems := Parse(text)
		for _, p := range problems {
			if p.Path == "" || p.Reason == "" {
				t.Errorf("a problem without path or reason: %+v", p)
			}
		}
		if len(problems) > 0 {
			return
		}
		again, err := json.Marshal(c)
		if err != nil {
			t.Fatalf("what loads must be written: %v", err)
		}
		same, problems := Parse(again)
		assert.NoError(t, problems.Err())
		assert.Equal(t, c, same, fmt.Sprintf("written as %s", again))
	})
}
