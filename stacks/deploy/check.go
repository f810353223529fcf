package deploy

import (
	"fmt"
	"slices"
	"strings"

	"tenant-runtime/components/tenant"
	"tenant-runtime/regions"
	"tenant-runtime/stacks/deploy/strict"
)

// whole marks the clouds on which the whole runtime is built. On the others only
// keys and stores are, and what nothing reads must be left out: a value without
// effect would be taken for a promise.
var whole = regions.Each[bool]{AWS: true}

// numbered marks the cloud whose accounts have a number besides their id.
var numbered = regions.Each[bool]{GCP: true}

// Problems returns everything that does not hold between values. It passes over
// missing values that strict.Decode has complained about already, and it is pure.
func (c Config) Problems() strict.Problems {
	k := checker{Config: c}
	k.home, _ = regions.Lookup(c.Home)
	if c.Home != "" && c.Jurisdiction != "" {
		k.checkHome()
		k.checkRecovery()
	}
	if c.Home != "" {
		k.checkAccount(root+".account", c.Account)
		k.checkParts()
	}
	k.checkTenants()
	k.checkDistinct()
	return k.found
}

type checker struct {
	Config
	home  regions.Region
	found strict.Problems
}

func (k *checker) add(path, format string, args ...any) {
	k.found = append(k.found, strict.Problem{Path: path, Reason: fmt.Sprintf(format, args...)})
}

func (k *checker) checkHome() {
	homes := slices.DeleteFunc(regions.In(k.home.Cloud, k.Jurisdiction), func(r regions.Region) bool { return !r.HasThreeZones() })
	switch {
	case k.home.Jurisdiction != k.Jurisdiction:
		k.add(root+".home", "%q is %s, not in %s: use %s", k.Home, k.home.Where(), k.Jurisdiction, oneOf(homes))
	case !k.home.HasThreeZones():
		k.add(root+".home", "%q has fewer than three zones for each account (HAD-03): use %s; as recovery it will do", k.Home, oneOf(homes))
	}
}

func (k *checker) checkRecovery() {
	path := root + ".recovery"
	partners := slices.DeleteFunc(regions.In(k.home.Cloud, k.Jurisdiction), func(r regions.Region) bool { return r.ID == k.Home })
	recovery, given := regions.Lookup(k.Recovery)
	if k.home.Jurisdiction != k.Jurisdiction && !given {
		return // whether there is a partner is known when the home is right
	}
	switch {
	case !given && len(partners) > 0:
		k.add(path, "is missing: add the region to rebuild in when %s is lost (BAK-06), %s", k.Home, oneOf(partners))
	case !given:
		// The jurisdiction has no second region on this cloud: the copy out of
		// production's reach is a locked vault in the same region.
	case len(partners) == 0:
		k.add(path, "%q cannot be it: %s is %s's only region in %s, which data must not leave (RES-03): remove the key", k.Recovery, k.Home, k.home.Cloud, k.Jurisdiction)
	case recovery.Jurisdiction != k.Jurisdiction:
		k.add(path, "%q is %s, not in %s: use %s", k.Recovery, recovery.Where(), k.Jurisdiction, oneOf(partners))
	case recovery.Cloud != k.home.Cloud:
		k.add(path, "%q is on %s, and nothing copies there from %s yet: use %s", k.Recovery, recovery.Cloud, k.home.Cloud, oneOf(partners))
	case recovery.ID == k.Home:
		k.add(path, "%q is the home region, which is lost in the case this is for: use %s", k.Recovery, oneOf(partners))
	}
}

func (k *checker) checkAccount(path string, a Account) {
	if a != "" && k.Home != "" && a.Cloud() != k.home.Cloud {
		k.add(path, "%q is not on %s, where %s is: write %s", a, k.home.Cloud, k.Home, accountName.Of(k.home.Cloud))
	}
}

// checkParts looks at the keys that depend on what is built on the cloud.
func (k *checker) checkParts() {
	read := whole.Of(k.home.Cloud)
	why := fmt.Sprintf("only keys and stores are built on %s yet", k.home.Cloud)
	for _, p := range []part{
		{"network", k.Network.IsValid(), read},
		{"dnsZone", k.DNSZone != DNSZone{}, read},
		{"hosts", len(k.Hosts) > 0, read},
		{"alarms", len(k.Alarms.Emails)+len(k.Alarms.SMS) > 0, read},
		{"egress", len(k.Egress) > 0, false},
		{"tenants", len(k.Tenants) > 0, false},
	} {
		k.checkPart(root, k.Config, p, read, why)
	}
	has := numbered.Of(k.home.Cloud)
	k.checkPart(root, k.Config, part{"number", k.Number != "", has}, has, fmt.Sprintf("%s has no project numbers", k.home.Cloud))
	k.checkHosts(root, k.DNSZone, k.Hosts)
}

// part is a key that is not always allowed.
type part struct {
	key             string
	given, required bool
}

// checkPart reports a part of the object that is required and not given, or given
// and read by nothing.
func (k *checker) checkPart(path string, object any, p part, read bool, whyNotRead string) {
	switch {
	case p.required && !p.given:
		k.add(path+"."+p.key, "is missing: add it%s", strict.Example(object, p.key))
	case p.given && !read:
		k.add(path+"."+p.key, "has no effect, because %s: remove the key", whyNotRead)
	}
}

// checkHosts insists that hosts can be proved and announced: ACM waits for ever for
// a record that no zone of ours can hold.
func (k *checker) checkHosts(path string, zone DNSZone, hosts []Host) {
	for i, h := range hosts {
		if h != "" && zone.Name != "" && !h.In(zone.Name) {
			k.add(fmt.Sprintf("%s.hosts[%d]", path, i), "%q is not in the zone %s: use a name that ends in it", h, zone.Name)
		}
	}
}

func (k *checker) checkTenants() {
	for i, t := range k.Tenants {
		path := fmt.Sprintf("%s.tenants[%d]", root, i)
		k.checkAccount(path+".account", t.Account)
		k.checkHosts(path, t.DNSZone, t.Hosts)
		if t.Isolation == "" {
			continue
		}
		silo := t.Isolation == tenant.Silo
		for _, p := range []part{
			{"account", t.Account != "", silo},
			{"network", t.Network.IsValid(), silo},
			{"dnsZone", t.DNSZone != DNSZone{}, silo},
			{"hosts", len(t.Hosts) > 0, silo},
		} {
			k.checkPart(path, t, p, silo, fmt.Sprintf("a tenant in %s lives in the shared cell", t.Isolation))
		}
	}
}

// checkDistinct reports what is given twice where it must not be: it would be one
// resource declared twice, or two tenants in one place (TEN-02).
func (k *checker) checkDistinct() {
	accounts, zones, hosts, names := places{}, places{}, places{}, places{}
	networks := []namedNetwork{{root + ".network", k.Network}}
	accounts.claim(k, root+".account", string(k.Account))
	zones.claim(k, root+".dnsZone.id", string(k.DNSZone.ID))
	claimAll(k, hosts, root+".hosts", k.Hosts)
	for i, t := range k.Tenants {
		path := fmt.Sprintf("%s.tenants[%d]", root, i)
		names.claim(k, path+".name", string(t.Name))
		accounts.claim(k, path+".account", string(t.Account))
		zones.claim(k, path+".dnsZone.id", string(t.DNSZone.ID))
		claimAll(k, hosts, path+".hosts", t.Hosts)
		networks = append(networks, namedNetwork{path + ".network", t.Network})
	}
	claimAll(k, places{}, root+".alarms.emails", k.Alarms.Emails)
	claimAll(k, places{}, root+".alarms.sms", k.Alarms.SMS)
	claimAll(k, places{}, root+".egress", k.Egress)
	k.checkDisjoint(networks)
}

type namedNetwork struct {
	path string
	Network
}

func (k *checker) checkDisjoint(networks []namedNetwork) {
	for i, n := range networks {
		for _, earlier := range networks[:i] {
			if n.IsValid() && earlier.IsValid() && n.Overlaps(earlier.Prefix) {
				k.add(n.path, "%q overlaps %s %s: choose a range of its own, so that an address in a log means one place", n, earlier.path, earlier)
			}
		}
	}
}

// places remembers the path at which a value was first given.
type places map[string]string

func (p places) claim(k *checker, path, value string) {
	if value == "" {
		return
	}
	if first, taken := p[value]; taken {
		k.add(path, "%q is given at %s already: give each place its own", value, first)
		return
	}
	p[value] = path
}

func claimAll[T ~string](k *checker, p places, path string, values []T) {
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
