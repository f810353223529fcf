package deploy

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// Account is where resources live: an AWS account id, a GCP project id or an
// Azure subscription id. The shapes are disjoint, so an account knows its cloud.
type Account string

var accountShape = regions.Each[*regexp.Regexp]{
	AWS:   regexp.MustCompile(`^[0-9]{12}$`),
	GCP:   regexp.MustCompile(`^[a-z][a-z0-9-]{4,28}[a-z0-9]$`),
	Azure: regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`),
}

// accountName is what each cloud calls an account, and its shape.
var accountName = regions.Each[string]{
	AWS:   "an AWS account id (12 digits, in quotes)",
	GCP:   "a GCP project id (6 to 30 lower-case letters, digits and hyphens)",
	Azure: "an Azure subscription id (a lower-case UUID)",
}

// UnmarshalText accepts the three shapes.
func (a *Account) UnmarshalText(text []byte) error {
	if Account(text).Cloud() == "" {
		return fmt.Errorf("%q is no account: write %s, %s or %s", text, accountName.AWS, accountName.GCP, accountName.Azure)
	}
	*a = Account(text)
	return nil
}

// Cloud returns the cloud whose shape the account has, or none.
func (a Account) Cloud() regions.Cloud {
	for _, cloud := range regions.Clouds {
		if accountShape.Of(cloud).MatchString(string(a)) {
			return cloud
		}
	}
	return ""
}

// ProjectNumber is the number of a GCP project. No name leads to it without asking
// the cloud, which a plan must not do.
type ProjectNumber string

var numberShape = regexp.MustCompile(`^[1-9][0-9]{5,18}$`)

// UnmarshalText accepts 6 to 19 digits.
func (n *ProjectNumber) UnmarshalText(text []byte) error {
	return parse(n, text, numberShape, "a project number: write its digits in quotes, as `gcloud projects describe` shows them")
}

// Team answers for the resources of a stack. It becomes a label on GCP, which
// allows no more than this.
type Team string

var teamShape = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)

// UnmarshalText accepts a name that every cloud takes as the value of a tag.
func (t *Team) UnmarshalText(text []byte) error {
	return parse(t, text, teamShape, "a team: use at most 63 lower-case letters, digits, hyphens and underscores, a letter first")
}

// TenantName names a tenant in names, tags, roles and DNS. It has no hyphen,
// because hyphens join the parts of a name: the database of "a-b" and the
// b-database of "a" would be one.
type TenantName string

var tenantShape = regexp.MustCompile(`^[a-z][a-z0-9]{2,15}$`)

// reserved are the words that begin the names of what no tenant owns: with one of
// them for a name, a tenant's resource could be called like a shared one.
var reserved = append([]string{
	scope.Shared, "alarms", "attachments", "audit", "backup", "calendar", "compute", "database", "detection", "drill", "edge", "evidence",
	"home", "identity", "images", "keys", "logging", "logs", "messaging", "monitoring", "naming", "network", "recovery", "runtime", "scope",
	"secrets", "storage", "tenant",
}, zones()...)

func zones() (words []string) {
	for _, z := range scope.Zones {
		words = append(words, string(z))
	}
	return words
}

// UnmarshalText accepts 3 to 16 letters and digits; more would be cut out of a
// load balancer's 32 together with the stack and the part.
func (n *TenantName) UnmarshalText(text []byte) error {
	if slices.Contains(reserved, string(text)) {
		return fmt.Errorf("%q is reserved for what tenants share: choose another name", text)
	}
	return parse(n, text, tenantShape, "a tenant's name: use 3 to 16 lower-case letters and digits, a letter first")
}

// Host is a full DNS name.
type Host string

var hostShape = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)

// UnmarshalText accepts a full name in lower case, without wildcard or final dot.
func (h *Host) UnmarshalText(text []byte) error {
	if len(text) > 253 {
		return fmt.Errorf("%q is longer than the 253 characters of a DNS name: shorten it", text)
	}
	return parse(h, text, hostShape, "a full host name: write it like app.example.com, in lower case, without wildcard, scheme, port or final dot")
}

// In says whether the host is the zone itself or a name in it.
func (h Host) In(zone Host) bool {
	return h == zone || strings.HasSuffix(string(h), "."+string(zone))
}

// ZoneID is the id of a public hosted zone of Route 53.
type ZoneID string

var zoneShape = regexp.MustCompile(`^Z[A-Z0-9]{7,31}$`)

// UnmarshalText accepts the id without the prefix /hostedzone/.
func (z *ZoneID) UnmarshalText(text []byte) error {
	return parse(z, text, zoneShape, "a hosted zone id: write Z and 7 to 31 upper-case letters and digits")
}

// Email is a plain address.
type Email string

var localPart = regexp.MustCompile(`^[A-Za-z0-9._+-]{1,64}$`)

// UnmarshalText accepts an address without name, quotes or comment.
func (e *Email) UnmarshalText(text []byte) error {
	local, domain, _ := strings.Cut(string(text), "@")
	if !localPart.MatchString(local) || new(Host).UnmarshalText([]byte(domain)) != nil {
		return fmt.Errorf("%q is not an e-mail address: write it like security@example.com", text)
	}
	*e = Email(text)
	return nil
}

// Phone is a telephone number in the form of ITU-T E.164.
type Phone string

var phoneShape = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// UnmarshalText accepts a plus sign and 7 to 15 digits.
func (p *Phone) UnmarshalText(text []byte) error {
	return parse(p, text, phoneShape, `a telephone number: write "+", the country code and the number, without spaces or leading zero`)
}

// Network is a private range of IPv4 addresses.
type Network struct{ netip.Prefix }

// private are the ranges of RFC 1918.
var private = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16")}

// UnmarshalText accepts a private range of /16 to /20: an AWS network may not be
// larger, and five zones in three availability zones need /20.
func (n *Network) UnmarshalText(text []byte) error {
	p, err := netip.ParsePrefix(string(text))
	switch {
	case err != nil:
		return fmt.Errorf("%q is not a range of addresses: write it like 10.64.0.0/16", text)
	case p != p.Masked():
		return fmt.Errorf("%q has bits set behind its length: write %s", text, p.Masked())
	case !slices.ContainsFunc(private, func(r netip.Prefix) bool { return r.Contains(p.Addr()) && r.Bits() <= p.Bits() }):
		return fmt.Errorf("%q is not private: take it from %v (RFC 1918)", text, private)
	case p.Bits() < 16 || p.Bits() > 20:
		return fmt.Errorf("%q has the length /%d: use /16 to /20", text, p.Bits())
	}
	n.Prefix = p
	return nil
}

// parse sets a value of text that has the shape. Otherwise it says what the text is
// not, and what to write.
func parse[T ~string](into *T, text []byte, shape *regexp.Regexp, wanted string) error {
	if !shape.Match(text) {
		return fmt.Errorf("%q is not %s", text, wanted)
	}
	*into = T(text)
	return nil
}
