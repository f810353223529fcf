package deploy

import (
	"fmt"
	"slices"
	"strings"

	"tenant-runtime/components/column"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/tenant"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/stacks/deploy/strict"
)

// numbered marks the cloud whose accounts have a number besides their id.
var numbered = regions.Each[bool]{GCP: true}

// Problems returns everything that does not hold between values. It passes over
// missing values that strict.Decode has complained about already, and it is pure.
func (c Config) Problems(columns Columns) strict.Problems {
	k := checker{Config: c}
	if c.Home.ID != "" {
		k.column = columns.Of(c.Home.Cloud)
		if c.Jurisdiction != "" {
			k.checkHome()
			k.checkRecovery()
		}
		k.checkAccountID()
		k.checkSections()
		if c.Cell != nil {
			k.checkCell()
		}
	}
	k.checkTenants()
	k.checkDistinct()
	return k.found
}

type checker struct {
	Config
	column column.Column // of the home region's cloud
	found  strict.Problems
}

func (k *checker) add(path, format string, args ...any) {
	k.found = append(k.found, strict.Problem{Path: root + "." + path, Reason: fmt.Sprintf(format, args...)})
}

func (k *checker) checkHome() {
	homes := slices.DeleteFunc(regions.In(k.Home.Cloud, k.Jurisdiction), func(r regions.Region) bool { return !r.HasThreeZones() })
	switch {
	case k.Home.Jurisdiction != k.Jurisdiction:
		k.add("home", "%q is %s, not in %s: use %s", k.Home.ID, k.Home.Where(), k.Jurisdiction, oneOf(homes))
	case !k.Home.HasThreeZones():
		k.add("home", "%q has fewer than three availability zones for each account (HAD-03): use %s; as recovery it will do", k.Home.ID, oneOf(homes))
	}
}

func (k *checker) checkRecovery() {
	partners := slices.DeleteFunc(regions.In(k.Home.Cloud, k.Jurisdiction), func(r regions.Region) bool { return r.ID == k.Home.ID })
	given := k.Recovery.ID != ""
	if k.Home.Jurisdiction != k.Jurisdiction && !given {
		return // whether there is a partner is known when the home is right
	}
	switch {
	case !given && (len(partners) == 0 || k.Environment == scope.Drill):
		// The jurisdiction has no second region on this cloud: the copy out of
		// production's reach is a locked vault in the same region. Or it has, and this
		// is the exercise of having lost it.
	case !given:
		k.add("recovery", "is missing: add the region to rebuild in when %s is lost (BAK-06), %s", k.Home.ID, oneOf(partners))
	case len(partners) == 0:
		k.add("recovery", "%q cannot be it: %s is %s's only region in %s, which data must not leave (RES-03): remove the key", k.Recovery.ID, k.Home.ID, k.Home.Cloud, k.Jurisdiction)
	case k.Recovery.Jurisdiction != k.Jurisdiction:
		k.add("recovery", "%q is %s, not in %s: use %s", k.Recovery.ID, k.Recovery.Where(), k.Jurisdiction, oneOf(partners))
	case k.Recovery.Cloud != k.Home.Cloud:
		k.add("recovery", "%q is on %s, and nothing copies there from %s yet: use %s", k.Recovery.ID, k.Recovery.Cloud, k.Home.Cloud, oneOf(partners))
	case k.Recovery.ID == k.Home.ID:
		k.add("recovery", "%q is the home region, which is lost in the case this is for: use %s", k.Recovery.ID, oneOf(partners))
	}
}

func (k *checker) checkAccountID() {
	if k.AccountID != "" && k.AccountID.Cloud() != k.Home.Cloud {
		k.add("accountId", "%q is not on %s, where %s is: write %s", k.AccountID, k.Home.Cloud, k.Home.ID, value.AccountForm.Of(k.Home.Cloud))
	}
	has := numbered.Of(k.Home.Cloud)
	k.checkKey("", k.Config, key{"number", k.Number != "", has, has}, fmt.Sprintf("%s has no project numbers", k.Home.Cloud))
}

// checkSections looks at which sections the stack has, and whose they are.
func (k *checker) checkSections() {
	built := k.column.Account != nil
	switch {
	case k.Account == nil && k.Cell == nil && len(k.Tenants) == 0:
		k.add("account", "is missing, and so are cell and tenants: say what the stack owns%s", strict.Example(k.Config, "cell"))
	case k.Account.IsOwned() && k.Environment == scope.Drill:
		k.add("account", "would make a drill the owner of what its account has once, and its audit trail one that can be erased: write account: {stack: <name>} with the stack that owns it")
	case k.Account != nil && !built:
		k.add("account", "has no effect, because nothing is built once per account on %s yet: remove the key", k.Home.Cloud)
	case k.Cell.IsOwned() && k.Account == nil && built:
		k.add("account", "is missing: write account: {} if this stack is to own what the account has once, or account: {stack: <name>} if another does")
	case k.Account != nil && !k.Account.IsOwned() && !k.Cell.IsOwned():
		k.add("account.stack", "has no effect, because this stack has no cell of its own: remove the key")
	case k.Account.IsOwned() && k.Cell != nil && !k.Cell.IsOwned():
		k.add("cell.stack", "names a cell in an account that this stack would own: the owner of a cell's account comes before the cell; remove account")
	}
	switch {
	case len(k.Tenants) == 0:
		if k.Cell != nil && !k.Cell.IsOwned() {
			k.add("tenants", "is missing: a stack that names another's cell has tenants in it%s", strict.Example(k.Config, "tenants"))
		}
	case k.column.Tenant == nil:
		k.add("tenants", "has no effect, because tenants are not built on %s yet: remove the key", k.Home.Cloud)
	case k.Cell == nil:
		k.add("cell", "is missing: tenants live in a cell; describe it here, or name the stack that owns it%s", strict.Example(k.Config, "cell"))
	}
}

// checkCell looks at the keys that parts of the cell read, where those are built.
func (k *checker) checkCell() {
	c, owned := *k.Cell, k.Cell.IsOwned()
	for _, p := range []struct {
		key
		part string
	}{
		{key{"network", c.Network.IsValid(), true, k.column.Network != nil}, "network"},
		{key{"dnsZone", c.DNSZone != DNSZone{}, true, k.column.Edge != nil}, "edge"},
		{key{"hosts", len(c.Hosts) > 0, true, k.column.Edge != nil}, "edge"},
		{key{"alarms", len(c.Alarms.Emails)+len(c.Alarms.SMS) > 0, true, k.column.Monitoring != nil}, "monitoring"},
		{key{"egress", len(c.Egress) > 0, false, k.column.Network != nil}, "network"},
		{key{"restore", c.Restore != nil, false, k.column.Database != nil}, "database"},
	} {
		why := fmt.Sprintf("%s is not built on %s yet", p.part, k.Home.Cloud)
		if !owned {
			p.read, why = false, fmt.Sprintf("the cell is that of stack %s", c.Stack)
		}
		p.required = p.required && p.read
		k.checkKey("cell.", c, p.key, why)
	}
	k.checkHosts("cell.", c.DNSZone, c.Hosts)
	if owned {
		k.checkRestore("cell.restore", c.Restore)
	}
}

// key is a key that is not always allowed.
type key struct {
	name                  string
	given, required, read bool
}

// checkKey reports a key of the object that is required and not given, or given
// and read by nothing: a value without effect would be taken for a promise.
func (k *checker) checkKey(path string, object any, p key, whyNotRead string) {
	switch {
	case p.required && !p.given:
		k.add(path+p.name, "is missing: add it%s", strict.Example(object, p.name))
	case p.given && !p.read:
		k.add(path+p.name, "has no effect, because %s: remove the key", whyNotRead)
	}
}

// checkHosts insists that hosts can be validated and announced: ACM waits for ever
// for a record that no hosted zone of ours can hold.
func (k *checker) checkHosts(path string, zone DNSZone, hosts []value.Host) {
	for i, h := range hosts {
		if h != "" && zone.Name != "" && !h.IsIn(zone.Name) {
			k.add(fmt.Sprintf("%shosts[%d]", path, i), "%q is not in the DNS zone %s: use a name that ends in it", h, zone.Name)
		}
	}
}

func (k *checker) checkRestore(path string, r *Restore) {
	switch {
	case r == nil:
		return
	case r.Database == nil && len(r.Stores) == 0:
		k.add(path, "is empty: name a database, stores, or both; or remove the key")
	case k.Environment != "" && !k.Environment.HoldsRealData():
		k.add(path, "brings real data into environment %q (ENV-02): use %q or %q, or remove the key", k.Environment, scope.Production, scope.Drill)
	}
	if r.Database != nil && r.Database.Key != "" { // a missing key is found already
		if err := r.Database.Check(); err != nil {
			k.add(path+".database", "%v", err)
		}
		k.checkARN(path+".database.key", r.Database.Key, "kms", "key/")
		k.checkARN(path+".database.backups", r.Database.Backups, "rds", "auto-backup:")
	}
	for i, s := range r.Stores {
		k.checkARN(fmt.Sprintf("%s.stores[%d].copy", path, i), s.Copy, "backup", "recovery-point:")
	}
	stores := places{}
	for i, s := range r.Stores {
		stores.claim(k, fmt.Sprintf("%s.stores[%d].store", path, i), string(s.Store))
	}
}

// checkARN insists that a resource is of the service and kind, and in the home region
// and the account: a restore reaches nowhere else, and data of elsewhere has no
// business here (RES-01).
func (k *checker) checkARN(path string, arn value.ARN, service, kind string) {
	if arn == "" || k.Home.ID == "" || k.AccountID == "" {
		return
	}
	if want := fmt.Sprintf("arn:aws:%s:%s:%s:%s", service, k.Home.ID, k.AccountID, kind); !strings.HasPrefix(string(arn), want) {
		k.add(path, "%q is not in the account and the home region, or of another kind: name one that begins with %s", arn, want)
	}
}

func (k *checker) checkTenants() {
	for i, t := range k.Tenants {
		path := fmt.Sprintf("tenants[%d]", i)
		if t.Restore != nil && t.Isolation != "" && t.Isolation != tenant.Bridge {
			k.add(path+".restore", "has no effect, because a tenant in %s has its data in the cell's stores: remove the key, and write it under cell", t.Isolation)
		} else {
			k.checkRestore(path+".restore", t.Restore)
		}
		if t.Restore != nil && t.Isolation == tenant.Bridge {
			for j, from := range t.Restore.Stores {
				if from.Store != "" && !slices.Contains(ownStores, storage.Purpose(from.Store)) {
					k.add(fmt.Sprintf("%s.restore.stores[%d].store", path, j), "%q is the cell's: of its own a tenant in bridge has %v", from.Store, ownStores)
				}
			}
		}
		if t.Isolation != tenant.Silo {
			continue
		}
		switch {
		case len(k.Tenants) > 1:
			k.add(path+".isolation", "is silo, and there are other tenants: a silo has an account and a cell of its own (TEN-02), so write a stack file for it alone")
		case k.Cell != nil && !k.Cell.IsOwned() || k.Account != nil && !k.Account.IsOwned() && k.Environment != scope.Drill:
			k.add(path+".isolation", "is silo, and the stack uses what another owns: a silo has an account and a cell of its own (TEN-02), so give it both sections here")
		}
	}
}

// checkDistinct reports what is given twice where it must not be: it would be one
// resource declared twice.
func (k *checker) checkDistinct() {
	names := places{}
	for i, t := range k.Tenants {
		names.claim(k, fmt.Sprintf("tenants[%d].name", i), string(t.Name))
	}
	if k.Cell != nil {
		claimAll(k, "cell.hosts", k.Cell.Hosts)
		claimAll(k, "cell.alarms.emails", k.Cell.Alarms.Emails)
		claimAll(k, "cell.alarms.sms", k.Cell.Alarms.SMS)
		claimAll(k, "cell.egress", k.Cell.Egress)
	}
}

// places remembers the path at which a value was first given.
type places map[string]string

func (p places) claim(k *checker, path, value string) {
	if value == "" {
		return
	}
	if first, taken := p[value]; taken {
		k.add(path, "%q is given at %s.%s already: give each place its own", value, root, first)
		return
	}
	p[value] = path
}

func claimAll[T ~string](k *checker, path string, values []T) {
	p := places{}
	for i, v := range values {
		p.claim(k, fmt.Sprintf("%s[%d]", path, i), string(v))
	}
}

func oneOf(found []regions.Region) string {
	names := make([]string, len(found))
	for i, r := range found {
		names[i] = string(r.ID)
	}
	return "one of " + strings.Join(names, ", ")
}
