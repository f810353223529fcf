package deploy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/value"
)

type object = map[string]any

// valid is a configuration of the EU on AWS: tenants[0] is a bridge, tenants[1] a
// pool.
func valid() object {
	return object{
		"jurisdiction": "EU", "environment": "prod", "owner": "platform",
		"accountId": "111122223333", "home": "eu-central-1", "recovery": "eu-west-1",
		"account": object{},
		"cell": object{
			"network": "10.64.0.0/16", "dnsZone": object{"id": "Z0EXAMPLE", "name": "eu.example.com"}, "hosts": []any{"app.eu.example.com"},
			"alarms": object{"emails": []any{"oncall@example.com"}, "sms": []any{"+491713920001"}},
			"egress": []any{"smtp.example.net"},
		},
		"tenants": []any{object{"name": "danube", "isolation": "bridge"}, object{"name": "fjord", "isolation": "pool"}},
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

// inCell does the same in the cell, ofTenant in a tenant.
func inCell(key string, value any) func(object) {
	return func(o object) { put(key, value)(o["cell"].(object)) }
}

func ofTenant(i int, key string, value any) func(object) {
	return func(o object) { put(key, value)(o["tenants"].([]any)[i].(object)) }
}

// bare makes the runtime one on another cloud, without what is not built there.
func bare(accountID, jurisdiction, home string, recovery any) func(object) {
	return func(o object) {
		delete(o, "account")
		delete(o, "tenants")
		o["cell"] = object{}
		o["accountId"], o["jurisdiction"], o["home"] = accountID, jurisdiction, home
		put("recovery", recovery)(o)
		if accountID == project {
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
	snapshot     = "eu-final"
	backups      = "arn:aws:rds:eu-central-1:111122223333:auto-backup:ab-0123456789abcdef0"
	point        = "arn:aws:backup:eu-central-1:111122223333:recovery-point:attachments-1"
	encryptedBy  = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

func TestProblems(t *testing.T) {
	schema := compiled(t)
	swiss := both(put("jurisdiction", "CH"), put("home", "eu-central-2"))
	for _, c := range []struct {
		name string
		edit func(object)
		want []string // path, reason, path, reason, …
	}{
		{"valid", func(object) {}, nil},

		{"home in another jurisdiction", put("home", "eu-central-2"), []string{"runtime.home", "is Zurich in Switzerland, not in EU: use one of eu-central-1"}},
		{"home that looks like the EU", put("home", "eu-west-2"), []string{"runtime.home", "is London in the United Kingdom, not in EU"}},
		{"home without three availability zones", both(put("jurisdiction", "US"), put("home", "us-west-1"), put("recovery", "us-east-2")), []string{"runtime.home", "fewer than three availability zones"}},
		{"home that does not exist", put("home", "eu-centarl-1"), []string{"runtime.home", `did you mean "eu-central-1"?`}},
		{"home missing", put("home", nil), []string{"runtime.home", "is missing"}},

		{"recovery missing", put("recovery", nil), []string{"runtime.recovery", "is missing: add the region to rebuild in when eu-central-1 is lost"}},
		{"recovery is home", put("recovery", "eu-central-1"), []string{"runtime.recovery", "is the home region"}},
		{"recovery in another jurisdiction", put("recovery", "us-east-1"), []string{"runtime.recovery", "is N. Virginia in the United States, not in EU: use one of eu-north-1"}},
		{"recovery on another cloud", put("recovery", "europe-west3"), []string{"runtime.recovery", "is on gcp, and nothing copies there from aws yet"}},
		{"no recovery in Switzerland", both(swiss, put("recovery", nil)), nil},
		{"recovery abroad for Switzerland", swiss, []string{"runtime.recovery", "eu-central-2 is aws's only region in CH, which data must not leave (RES-03): remove the key"}},

		{"account of another cloud", put("accountId", project), []string{"runtime.accountId", "is not on aws, where eu-central-1 is: write an AWS account id"}},
		{"account read as a number", put("accountId", 111122223333), []string{"runtime.accountId", "111122223333 is a number, not text: put it in quotes"}},
		{"account too short", put("accountId", "11112222333"), []string{"runtime.accountId", "is no account"}},

		{"public network", inCell("network", "198.18.0.0/16"), []string{"runtime.cell.network", "is not private: take it from"}},
		{"network of bits", inCell("network", "10.64.0.1/16"), []string{"runtime.cell.network", "write 10.64.0.0/16"}},
		{"network too small", inCell("network", "10.64.0.0/21"), []string{"runtime.cell.network", "use /16 to /20"}},
		{"network too large", inCell("network", "10.0.0.0/8"), []string{"runtime.cell.network", "use /16 to /20"}},
		{"network wider than private", inCell("network", "172.0.0.0/11"), []string{"runtime.cell.network", "is not private"}},
		{"network of another kind", inCell("network", "fd00::/16"), []string{"runtime.cell.network", "is not private"}},
		{"no network at all", inCell("network", "10.64"), []string{"runtime.cell.network", "is not a range"}},

		{"nothing at all", both(put("account", nil), put("cell", nil), put("tenants", nil)), []string{"runtime.account", "is missing, and so are cell and tenants"}},
		{"only an account", both(put("cell", nil), put("tenants", nil)), nil},
		{"tenants of another cell", both(put("account", nil), put("cell", object{"stack": "eu"})), nil},
		{"a cell in another's account", put("account", object{"stack": "eu"}), nil},
		{"a cell in no account", put("account", nil), []string{"runtime.account", "is missing: write account: {}"}},
		{"an account of another, for nothing", both(put("account", object{"stack": "eu"}), put("cell", object{"stack": "eu"})), []string{"runtime.account.stack", "has no effect"}},
		{"an account around another's cell", put("cell", object{"stack": "eu"}), []string{"runtime.cell.stack", "would own"}},
		{"another's cell for nobody", both(put("account", nil), put("cell", object{"stack": "eu"}), put("tenants", nil)), []string{"runtime.tenants", "is missing: a stack that names another's cell has tenants in it"}},
		{"tenants of nowhere", both(put("account", nil), put("cell", nil)), []string{"runtime.cell", "is missing: tenants live in a cell"}},
		{"another's cell described", both(put("account", nil), put("cell", object{"stack": "eu", "network": "10.64.0.0/16"})), []string{"runtime.cell.network", "has no effect, because the cell is that of stack eu"}},
		{"a reference that is no stack", put("account", object{"stack": "eu_prod"}), []string{"runtime.account.stack", "is not the name of a stack"}},

		{"silo", put("tenants", []any{object{"name": "rhine", "isolation": "silo"}}), nil},
		{"silo beside others", ofTenant(0, "isolation", "silo"), []string{"runtime.tenants[0].isolation", "write a stack file for it alone"}},
		{"silo in another's account", both(put("account", object{"stack": "eu"}), put("tenants", []any{object{"name": "rhine", "isolation": "silo"}})), []string{
			"runtime.tenants[0].isolation", "uses what another owns"}},

		{"restore from backups", inCell("restore", object{"database": object{"backups": backups, "at": "2026-11-28T03:00:00Z", "key": encryptedBy}}), nil},
		{"restore of a tenant", ofTenant(0, "restore", object{"database": object{"snapshot": snapshot, "key": encryptedBy}}), nil},
		{"restore of a tenant in pool", ofTenant(1, "restore", object{"database": object{"snapshot": snapshot, "key": encryptedBy}}), []string{"runtime.tenants[1].restore", "has its data in the cell's stores"}},
		{"restore of a tenant's files", ofTenant(0, "restore", object{"stores": []any{object{"store": "attachments", "copy": point}}}), nil},
		{"restore of the cell's files into a tenant", ofTenant(0, "restore", object{"stores": []any{object{"store": "images", "copy": point}}}), []string{"runtime.tenants[0].restore.stores[0].store", "of its own a tenant in bridge has [attachments]"}},
		{"restore of nothing", inCell("restore", object{}), []string{"runtime.cell.restore", "is empty"}},
		{"restore from two sources", inCell("restore", object{"database": object{"backups": backups, "snapshot": snapshot, "key": encryptedBy}}), []string{"runtime.cell.restore.database", "give one of them"}},
		{"restore of a snapshot at a moment", inCell("restore", object{"database": object{"snapshot": snapshot, "at": "2026-11-28T03:00:00Z", "key": encryptedBy}}), []string{"runtime.cell.restore.database", "remove at, or give backups"}},
		{"restore at a local time", inCell("restore", object{"database": object{"backups": backups, "at": "2026-11-28T03:00:00+01:00", "key": encryptedBy}}), []string{"runtime.cell.restore.database.at", "write it in UTC"}},
		{"restore under another region's key", inCell("restore", object{"database": object{"snapshot": snapshot, "key": strings.Replace(encryptedBy, "eu-central-1", "us-east-1", 1)}}), []string{"runtime.cell.restore.database.key", "begins with arn:aws:kms:eu-central-1:111122223333:key/"}},
		{"restore from another account", inCell("restore", object{"database": object{"backups": strings.Replace(backups, "111122223333", "999999999999", 1), "key": encryptedBy}}), []string{"runtime.cell.restore.database.backups", "not in the account"}},
		{"restore of files from a bucket", inCell("restore", object{"stores": []any{object{"store": "images", "copy": "arn:aws:s3:::images"}}}), []string{"runtime.cell.restore.stores[0].copy", "begins with arn:aws:backup"}},
		{"drill that owns the account", both(put("environment", "drill"), put("recovery", nil)), []string{"runtime.account", "the owner of what its account has once"}},
		{"restore without key", inCell("restore", object{"database": object{"snapshot": snapshot}}), []string{"runtime.cell.restore.database.key", "is missing"}},
		{"restore of real data into dev", both(put("environment", "dev"), inCell("restore", object{"database": object{"snapshot": snapshot, "key": encryptedBy}})), []string{"runtime.cell.restore", `environment "dev" (ENV-02)`}},
		{"restore of a store nobody saves", inCell("restore", object{"stores": []any{object{"store": "logs", "copy": point}}}), []string{"runtime.cell.restore.stores[0].store", "use one of [attachments evidence images]"}},
		{"restore of a store twice", inCell("restore", object{"stores": []any{object{"store": "images", "copy": point}, object{"store": "images", "copy": point}}}), []string{"runtime.cell.restore.stores[1].store", "already"}},

		{"tenant twice", ofTenant(1, "name", "danube"), []string{"runtime.tenants[1].name", "is given at runtime.tenants[0].name already"}},
		{"tenant called shared", ofTenant(1, "name", "shared"), []string{"runtime.tenants[1].name", "is reserved"}},
		{"tenant called like a part", ofTenant(1, "name", "database"), []string{"runtime.tenants[1].name", "is reserved"}},
		{"tenant with hyphen", ofTenant(1, "name", "fj-ord"), []string{"runtime.tenants[1].name", "is not a tenant's name"}},
		{"tenant too long", ofTenant(1, "name", "fjordfjordfjordfj"), []string{"runtime.tenants[1].name", "3 to 16"}},
		{"isolation unknown", ofTenant(1, "isolation", "shared"), []string{"runtime.tenants[1].isolation", "use silo, bridge or pool"}},

		{"host twice", inCell("hosts", []any{"app.eu.example.com", "app.eu.example.com"}), []string{"runtime.cell.hosts[1]", "is given at runtime.cell.hosts[0] already"}},
		{"host of another DNS zone", inCell("hosts", []any{"app.example.com"}), []string{"runtime.cell.hosts[0]", "is not in the DNS zone eu.example.com"}},
		{"host that ends like the DNS zone", inCell("hosts", []any{"app-eu.example.com"}), []string{"runtime.cell.hosts[0]", "is not in the DNS zone"}},
		{"host is the DNS zone", inCell("hosts", []any{"eu.example.com"}), nil},
		{"wildcard host", inCell("hosts", []any{"*.eu.example.com"}), []string{"runtime.cell.hosts[0]", "without wildcard"}},

		{"one kind of channel", inCell("alarms", object{"emails": []any{"oncall@example.com"}}), []string{"runtime.cell.alarms.sms", "is missing: add it, for example ['+491713920001']"}},
		{"no address", inCell("alarms", object{"emails": []any{}, "sms": []any{"+491713920001"}}), []string{"runtime.cell.alarms.emails", "is an empty list"}},
		{"address with a name", inCell("alarms", object{"emails": []any{"On Call <oncall@example.com>"}, "sms": []any{"+491713920001"}}), []string{"runtime.cell.alarms.emails[0]", "is not an e-mail address"}},
		{"number without country", inCell("alarms", object{"emails": []any{"oncall@example.com"}, "sms": []any{"01713920001"}}), []string{"runtime.cell.alarms.sms[0]", "is not a telephone number"}},
		{"number twice", inCell("alarms", object{"emails": []any{"oncall@example.com"}, "sms": []any{"+491713920001", "+491713920001"}}), []string{"runtime.cell.alarms.sms[1]", "is given at runtime.cell.alarms.sms[0] already"}},

		{"egress by address", inCell("egress", []any{"192.0.2.1"}), []string{"runtime.cell.egress[0]", "is not a full host name"}},
		{"owner that is no label", put("owner", "Platform Team"), []string{"runtime.owner", "is not a team"}},
		{"environment unknown", put("environment", "production"), []string{"runtime.environment", "use one of [prod staging dev drill]"}},
		{"typing error", put("alarm", object{}), []string{"runtime.alarm", "is not a known key"}},

		{"only what is built on gcp", bare(project, "EU", "europe-west3", "europe-west4"), nil},
		{"only what is built on azure", bare(subscription, "CH", "switzerlandnorth", "switzerlandwest"), nil},
		{"azure's region without availability zones as home", bare(subscription, "CH", "switzerlandwest", "switzerlandnorth"), []string{"runtime.home", "use one of switzerlandnorth; as recovery it will do"}},
		{"project without number", both(bare(project, "EU", "europe-west3", "europe-west4"), put("number", nil)), []string{"runtime.number", "is missing: add it, for example '123456789012'"}},
		{"number of a project on aws", put("number", "123456789012"), []string{"runtime.number", "has no effect, because aws has no project numbers: remove the key"}},
		{"more than is built on gcp", both(bare(project, "CH", "europe-west6", nil), inCell("network", "10.64.0.0/16"), inCell("egress", []any{"smtp.example.net"})), []string{
			"runtime.cell.network", "has no effect, because network is not built on gcp yet", "runtime.cell.egress", "has no effect"}},

		{"one unreadable value hides no other", both(put("home", "nowhere"), inCell("network", "10.64.0.0/21"), ofTenant(1, "name", "danube")), []string{
			"runtime.cell.network", "use /16 to /20", "runtime.home", "is not a region", "runtime.tenants[1].name", "already"}},
		{"recovery left out in a drill", both(both(put("environment", "drill"), put("recovery", nil)), put("account", object{"stack": "eu"})), nil},
		{"part of another", put("partOf", "eu"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := valid()
			c.edit(config)
			text, err := json.Marshal(config)
			require.NoError(t, err)
			_, problems := Parse(text, columns)
			if len(problems) == 0 {
				assert.NoError(t, validate(t, schema, text))
			}
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
			assert.Error(t, new(value.Tenant).UnmarshalText([]byte(filepath.Base(path))), "add %q to reserved", filepath.Base(path))
		}
	}
}

// compiled is the schema that editors check stack files with. It is generated, so a
// test of its own package keeps it; here it meets what the program accepts.
func compiled(t testing.TB) *jsonschema.Schema {
	s, err := jsonschema.NewCompiler().Compile("../stack.schema.json")
	require.NoError(t, err)
	return s
}

// validate checks a configuration as part of its file.
func validate(t testing.TB, schema *jsonschema.Schema, text []byte) error {
	config, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return schema.Validate(object{"config": object{Key: config}})
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
	schema := compiled(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		c, problems := Parse(text, columns)
		for _, p := range problems {
			if p.Path == "" || p.Reason == "" {
				t.Errorf("a problem without path or reason: %+v", p)
			}
		}
		if len(problems) > 0 {
			return
		}
		assert.NoError(t, validate(t, schema, text))
		again, err := json.Marshal(c)
		if err != nil {
			t.Fatalf("what loads must be written: %v", err)
		}
		same, problems := Parse(again, columns)
		assert.NoError(t, problems.Err())
		assert.Equal(t, c, same, fmt.Sprintf("written as %s", again))
	})
}
