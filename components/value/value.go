// Package value has the values that people write into a stack file, each of a type
// that parses itself.
//
// Guarantees: a value that exists is well formed, so nothing behind the
// configuration looks at its form again; an error names the value and what to
// write instead. Shape is a pattern that every value of the type has, for editors;
// it is written so that Go and ECMA-262 read it alike. What no pattern can say,
// such as a reserved word, UnmarshalText says.
package value

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"time"

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

// Shape is the shape on one of the clouds.
func (Account) Shape() string {
	var shapes []string
	for _, cloud := range regions.Clouds {
		shapes = append(shapes, accountShape.Of(cloud).String())
	}
	return strings.Join(shapes, "|")
}

// AccountForm says what each cloud calls an account, and its shape.
var AccountForm = regions.Each[string]{
	AWS:   "an AWS account id (12 digits, in quotes)",
	GCP:   "a GCP project id (6 to 30 lower-case letters, digits and hyphens)",
	Azure: "an Azure subscription id (a lower-case UUID)",
}

// UnmarshalText accepts the three shapes.
func (a *Account) UnmarshalText(text []byte) error {
	if Account(text).Cloud() == "" {
		return fmt.Errorf("%q is no account: write %s, %s or %s", text, AccountForm.AWS, AccountForm.GCP, AccountForm.Azure)
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

// Shape is the pattern of a project number.
func (ProjectNumber) Shape() string { return numberShape.String() }

// UnmarshalText accepts 6 to 19 digits.
func (n *ProjectNumber) UnmarshalText(text []byte) error {
	return parse(n, text, numberShape, "a project number: write its digits in quotes, as `gcloud projects describe` shows them")
}

// Stack names a stack. It begins every physical name, so it is bound by the
// strictest of them.
type Stack string

var stackShape = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// longestStack leaves room for the parts of a name where a kind has 32 characters.
const longestStack = 24

// refused are first words of names that AWS keeps for itself: load balancers
// called internal-… and security groups called sg-… (references of
// CreateLoadBalancer and CreateSecurityGroup, November 2026), and aws-… in general.
var refused = []string{"aws", "internal", "sg"}

// Shape is the pattern of a stack's name.
func (Stack) Shape() string { return stackShape.String() }

// UnmarshalText accepts a name that can begin the name of any resource.
func (s *Stack) UnmarshalText(text []byte) error {
	if len(text) > longestStack || len(text) < 2 {
		return fmt.Errorf("%q has %d characters: use 2 to %d", text, len(text), longestStack)
	}
	if first, _, _ := strings.Cut(string(text), "-"); slices.Contains(refused, first) {
		return fmt.Errorf("%q begins with %q, which clouds keep for names of their own: begin with another word", text, first)
	}
	return parse(s, text, stackShape, "the name of a stack: use lower-case letters and digits in words joined by hyphens, a letter first")
}

// Team answers for the resources of a stack. It becomes a label on GCP, which
// allows no more than this.
type Team string

var teamShape = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)

// Shape is the pattern of a team.
func (Team) Shape() string { return teamShape.String() }

// UnmarshalText accepts a name that every cloud takes as the value of a tag.
func (t *Team) UnmarshalText(text []byte) error {
	return parse(t, text, teamShape, "a team: use at most 63 lower-case letters, digits, hyphens and underscores, a letter first")
}

// Tenant names a tenant in names, tags, roles and DNS. It has no hyphen,
// because hyphens join the parts of a name: the database of "a-b" and the
// b-database of "a" would be one.
type Tenant string

var tenantShape = regexp.MustCompile(`^[a-z][a-z0-9]{2,15}$`)

// Shared stands where a tenant's name would for what several tenants use.
const Shared Tenant = "shared"

// reserved are the words that begin the names of what no tenant owns: with one of
// them for a name, a tenant's resource could be called like a shared one.
var reserved = []string{
	string(Shared), "account", "alarms", "app", "attachments", "audit", "backup", "calendar", "column", "component", "compute", "data", "database", "detection", "drill", "edge", "evidence",
	"home", "identity", "images", "keys", "logging", "logs", "management", "messaging", "monitoring", "naming", "network", "recovery", "ref", "runtime", "scope",
	"secrets", "site", "storage", "tenant", "tenants", "value",
}

// Shape is the pattern of a tenant's name.
func (Tenant) Shape() string { return tenantShape.String() }

// UnmarshalText accepts 3 to 16 letters and digits; more would be cut out of a
// load balancer's 32 together with the stack and the part.
func (n *Tenant) UnmarshalText(text []byte) error {
	if slices.Contains(reserved, string(text)) {
		return fmt.Errorf("%q is reserved for what tenants share: choose another name", text)
	}
	return parse(n, text, tenantShape, "a tenant's name: use 3 to 16 lower-case letters and digits, a letter first")
}

// Host is a full DNS name.
type Host string

const host = `([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]`

var hostShape = regexp.MustCompile(`^` + host + `$`)

// Shape is the pattern of a host.
func (Host) Shape() string { return hostShape.String() }

// UnmarshalText accepts a full name in lower case, without wildcard or final dot.
func (h *Host) UnmarshalText(text []byte) error {
	if len(text) > 253 {
		return fmt.Errorf("%q is longer than the 253 characters of a DNS name: shorten it", text)
	}
	return parse(h, text, hostShape, "a full host name: write it like app.example.com, in lower case, without wildcard, scheme, port or final dot")
}

// IsIn says whether the host is the DNS zone itself or a name in it.
func (h Host) IsIn(zone Host) bool {
	return h == zone || strings.HasSuffix(string(h), "."+string(zone))
}

// HostedZoneID is the id of a public hosted zone of Route 53.
type HostedZoneID string

var hostedZoneShape = regexp.MustCompile(`^Z[A-Z0-9]{7,31}$`)

// Shape is the pattern of a hosted zone's id.
func (HostedZoneID) Shape() string { return hostedZoneShape.String() }

// UnmarshalText accepts the id without the prefix /hostedzone/.
func (z *HostedZoneID) UnmarshalText(text []byte) error {
	return parse(z, text, hostedZoneShape, "a hosted zone id: write Z and 7 to 31 upper-case letters and digits")
}

// Email is a plain address.
type Email string

var emailShape = regexp.MustCompile(`^[A-Za-z0-9._+-]{1,64}@` + host + `$`)

// Shape is the pattern of a plain address.
func (Email) Shape() string { return emailShape.String() }

// UnmarshalText accepts an address without name, quotes or comment.
func (e *Email) UnmarshalText(text []byte) error {
	_, domain, _ := strings.Cut(string(text), "@")
	if !emailShape.Match(text) || new(Host).UnmarshalText([]byte(domain)) != nil {
		return fmt.Errorf("%q is not an e-mail address: write it like security@example.com", text)
	}
	*e = Email(text)
	return nil
}

// Phone is a telephone number in the form of ITU-T E.164.
type Phone string

var phoneShape = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// Shape is the pattern of a telephone number.
func (Phone) Shape() string { return phoneShape.String() }

// UnmarshalText accepts a plus sign and 7 to 15 digits.
func (p *Phone) UnmarshalText(text []byte) error {
	return parse(p, text, phoneShape, `a telephone number: write "+", the country code and the number, without spaces or leading zero`)
}

// Range is a private range of IPv4 addresses, from /16 to /20.
type Range struct{ netip.Prefix }

var rangeShape = regexp.MustCompile(`^(10\.[0-9]+|172\.(1[6-9]|2[0-9]|3[01])|192\.168)\.[0-9]+\.0/(1[6-9]|20)$`)

// private are the ranges of RFC 1918.
var private = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16")}

// Shape is the pattern of a range.
func (Range) Shape() string { return rangeShape.String() }

// UnmarshalText accepts a private range of /16 to /20: an AWS network may not be
// larger, and five security zones in three availability zones need /20.
func (r *Range) UnmarshalText(text []byte) error {
	p, err := netip.ParsePrefix(string(text))
	switch {
	case err != nil:
		return fmt.Errorf("%q is not a range of addresses: write it like 10.64.0.0/16", text)
	case p != p.Masked():
		return fmt.Errorf("%q has bits set behind its length: write %s", text, p.Masked())
	case !slices.ContainsFunc(private, func(all netip.Prefix) bool { return all.Contains(p.Addr()) && all.Bits() <= p.Bits() }):
		return fmt.Errorf("%q is not private: take it from %v (RFC 1918)", text, private)
	case p.Bits() < 16 || p.Bits() > 20:
		return fmt.Errorf("%q has the length /%d: use /16 to /20", text, p.Bits())
	}
	r.Prefix = p
	return nil
}

// Moment is a point in time, to the second.
type Moment struct{ time.Time }

// time.Parse takes hours of one digit and a comma before fractions too.
var momentShape = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$`)

// Shape is the pattern of a moment.
func (Moment) Shape() string { return momentShape.String() }

// UnmarshalText accepts RFC 3339 in UTC: a local time would be another moment in a
// log of another place.
func (m *Moment) UnmarshalText(text []byte) error {
	at, err := time.Parse(time.RFC3339, string(text))
	if err != nil || !momentShape.Match(text) {
		return fmt.Errorf("%q is not a moment: write it in UTC like 2026-11-28T09:30:00Z", text)
	}
	m.Time = at
	return nil
}

// ARN names a resource of AWS.
type ARN string

var arnShape = regexp.MustCompile(`^arn:aws:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12})?:[A-Za-z0-9_/:.@=+-]+$`)

// Shape is the pattern of a resource's name.
func (ARN) Shape() string { return arnShape.String() }

// UnmarshalText accepts an ARN without wildcards.
func (a *ARN) UnmarshalText(text []byte) error {
	return parse(a, text, arnShape, "an ARN: write it like arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123456789abcdef0")
}

// SnapshotID is the name of a snapshot of RDS, in the home region.
type SnapshotID string

var snapshotShape = regexp.MustCompile(`^(rds:)?[a-zA-Z](-?[a-zA-Z0-9])*$`)

// Shape is the pattern of such a name.
func (SnapshotID) Shape() string { return snapshotShape.String() }

// UnmarshalText accepts names as RDS gives them and lets people choose them.
func (s *SnapshotID) UnmarshalText(text []byte) error {
	if !snapshotShape.Match(text) || len(text) > 255 {
		return fmt.Errorf("%q is not the name of a snapshot: copy it from `aws rds describe-db-snapshots`", text)
	}
	*s = SnapshotID(text)
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
