package value_test

import (
	"encoding"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/value"
	"tenant-runtime/regions"
)

// parsed is a pointer to a value.
type parsed interface {
	encoding.TextUnmarshaler
	Shape() string
}

// refusal is a text and a part of what is said about it.
type refusal struct{ text, want string }

func TestValues(t *testing.T) {
	const (
		noStack  = "is not the name of a stack"
		noTeam   = "is not a team"
		noTenant = "is not a tenant's name"
		noHost   = "is not a full host name: write it like app.example.com"
		noZone   = "is not a hosted zone id"
		noEmail  = "is not an e-mail address: write it like security@example.com"
		noPhone  = "is not a telephone number"
		noMoment = "is not a moment: write it in UTC like 2026-11-28T09:30:00Z"
		noARN    = "is not an ARN"
		private  = "is not private: take it from [10.0.0.0/8 172.16.0.0/12 192.168.0.0/16] (RFC 1918)"
		label    = "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0" // 63 characters
	)
	for name, c := range map[string]struct {
		fresh    func() parsed
		accepted []string
		refused  []refusal
	}{
		"account": {func() parsed { return new(value.Account) },
			[]string{"111122223333", "example-runtime", "00000000-1111-2222-3333-444444444444"},
			[]refusal{
				{"", "is no account: write an AWS account id (12 digits, in quotes), a GCP project id"}, {"11112222333", "is no account"}, {"1111222233334", "is no account"},
				{"ch", "is no account"}, {"Example-runtime", "is no account"}, {"example-runtime-", "is no account"}, {"00000000-1111-2222-3333-44444444444G", "is no account"},
			}},
		"number": {func() parsed { return new(value.ProjectNumber) },
			[]string{"123456", "1234567890123456789"},
			[]refusal{{"012345678901", "is not a project number: write its digits in quotes"}, {"12345", "is not a project number"}, {"1e12", "is not a project number"}}},
		"stack": {func() parsed { return new(value.Stack) },
			[]string{"ch", "eu-tenants-a", "eu2", "sgp", strings.Repeat("a", 24)},
			[]refusal{
				{"a", `"a" has 1 characters: use 2 to 24`}, {strings.Repeat("a", 25), "has 25 characters"}, {"", "has 0 characters"},
				{"eu_test", noStack}, {"eu.test", noStack}, {"EU", noStack}, {"2eu", noStack}, {"eu-", noStack}, {"eu--a", noStack}, {"eu\n", noStack},
				{"internal-eu", `begins with "internal", which clouds keep`}, {"sg-eu", `begins with "sg"`}, {"aws", `begins with "aws"`},
			}},
		"team": {func() parsed { return new(value.Team) },
			[]string{"p", "platform", "site_reliability-2"},
			[]refusal{{"Platform Team", noTeam}, {"2nd", noTeam}, {strings.Repeat("a", 64), noTeam}, {"", noTeam}}},
		"tenant": {func() parsed { return new(value.Tenant) },
			[]string{"abc", "alpine2", strings.Repeat("a", 16)},
			[]refusal{
				{"ab", noTenant}, {strings.Repeat("a", 17), noTenant}, {"fj-ord", noTenant}, {"Fjord", noTenant}, {"2fjord", noTenant},
				{"shared", `"shared" is reserved for what tenants share: choose another name`}, {"database", "is reserved"},
			}},
		"host": {func() parsed { return new(value.Host) },
			[]string{"example.com", "a.b.example.com", "x1.xn--p1ai", label + ".example.com"},
			[]refusal{
				{"*.example.com", noHost}, {"localhost", noHost}, {"example.com.", noHost}, {"Example.com", noHost}, {"https://example.com", noHost},
				{"example.com:443", noHost}, {"192.0.2.1", noHost}, {"a..com", noHost}, {"-a.com", noHost}, {"a-.com", noHost}, {"a" + label + ".com", noHost},
				{strings.Repeat(label+".", 4) + "com", "is longer than the 253 characters of a DNS name: shorten it"}, {"", noHost},
			}},
		"zone": {func() parsed { return new(value.HostedZoneID) },
			[]string{"Z0123456789EXAMPLE"},
			[]refusal{{"/hostedzone/Z0123456789EXAMPLE", noZone}, {"A0123456789EXAMPLE", noZone}, {"Z012345", noZone}, {"z0123456789example", noZone}}},
		"e-mail": {func() parsed { return new(value.Email) },
			[]string{"security@example.com", "on-call+eu@mail.example.com"},
			[]refusal{
				{"security", noEmail}, {"security@localhost", noEmail}, {"On Call <oncall@example.com>", noEmail}, {"a@b@example.com", noEmail}, {"@example.com", noEmail},
				{strings.Repeat("a", 65) + "@example.com", noEmail}, {"a@" + strings.Repeat(label+".", 4) + "com", noEmail},
			}},
		"phone": {func() parsed { return new(value.Phone) },
			[]string{"+491713920001", "+1202555", "+123456789012345"},
			[]refusal{{"01713920001", noPhone}, {"+01713920001", noPhone}, {"+49 171 3920001", noPhone}, {"+120255", noPhone}, {"+1234567890123456", noPhone}}},
		"range": {func() parsed { return new(value.Range) },
			[]string{"10.64.0.0/16", "10.64.16.0/20", "172.16.0.0/16", "172.31.128.0/17", "192.168.0.0/16", "192.168.240.0/20"},
			[]refusal{
				{"10.64", "is not a range of addresses: write it like 10.64.0.0/16"}, {"10.64.0.0", "is not a range"}, {"10.64.0.0/33", "is not a range"}, {"", "is not a range"},
				{"10.64.0.1/16", "has bits set behind its length: write 10.64.0.0/16"}, {"10.64.8.0/20", "write 10.64.0.0/20"},
				{"198.18.0.0/16", private}, {"172.32.0.0/16", private}, {"192.169.0.0/16", private}, {"fd00::/16", private}, {"::ffff:10.64.0.0/112", private},
				{"172.0.0.0/11", private}, {"0.0.0.0/0", private},
				{"10.0.0.0/8", "has the length /8: use /16 to /20"}, {"10.64.0.0/15", "use /16 to /20"}, {"10.64.0.0/21", "use /16 to /20"}, {"10.64.0.0/32", "use /16 to /20"},
			}},
		"moment": {func() parsed { return new(value.Moment) },
			[]string{"2026-11-28T09:30:00Z", "2024-02-29T00:00:00Z"},
			[]refusal{
				{"2026-11-28T09:30:00+01:00", noMoment}, {"2026-11-28T09:30:00+00:00", noMoment}, {"2026-11-28T09:30:00", noMoment}, {"2026-11-28", noMoment}, {"2026-02-30T00:00:00Z", noMoment},
				{"2026-11-28T9:30:00Z", noMoment}, {"2026-11-28T09:30:00,5Z", noMoment}, {"2026-11-28T09:30:00.5Z", noMoment}, {"2026-11-28t09:30:00Z", noMoment}, {"", noMoment},
			}},
		"ARN": {func() parsed { return new(value.ARN) },
			[]string{
				"arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123456789abcdef0", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
				"arn:aws:iam::111122223333:role/path/name@x", "arn:aws:s3:::bucket",
			},
			[]refusal{
				{"arn:aws:s3:::*", noARN}, {"arn:aws-cn:s3:::bucket", noARN}, {"arn:aws:iam::1111:role/x", noARN}, {"arn:aws:s3:::", noARN},
				{"1234abcd-12ab-34cd-56ef-1234567890ab", noARN}, {"", noARN},
			}},
	} {
		t.Run(name, func(t *testing.T) {
			shape := regexp.MustCompile(c.fresh().Shape())
			for _, text := range c.accepted {
				assert.NoError(t, c.fresh().UnmarshalText([]byte(text)))
				assert.Regexp(t, shape, text, "an editor would complain")
			}
			for _, r := range c.refused {
				got, zero := c.fresh(), c.fresh()
				assert.ErrorContains(t, got.UnmarshalText([]byte(r.text)), r.want, "%q", r.text)
				assert.Equal(t, zero, got, "%q is refused and leaves nothing", r.text)
			}
		})
	}
}

func TestAnAccountKnowsItsCloud(t *testing.T) {
	for account, cloud := range map[value.Account]regions.Cloud{
		"111122223333": regions.AWS, "example-runtime": regions.GCP, "00000000-1111-2222-3333-444444444444": regions.Azure, "ch": "",
	} {
		assert.Equal(t, cloud, account.Cloud(), account)
		if cloud != "" {
			assert.Regexp(t, account.Shape(), account)
		}
	}
}

func TestAHostIsInAZone(t *testing.T) {
	for host, in := range map[value.Host]bool{
		"eu.example.com": true, "app.eu.example.com": true, "a.app.eu.example.com": true, "app-eu.example.com": false, "example.com": false, "us.example.com": false,
	} {
		assert.Equal(t, in, host.IsIn("eu.example.com"), host)
	}
}

func TestWhatIsParsedIsKept(t *testing.T) {
	var r value.Range
	assert.NoError(t, r.UnmarshalText([]byte("10.64.0.0/16")))
	assert.Equal(t, "10.64.0.0/16", r.String())
	var m value.Moment
	assert.NoError(t, m.UnmarshalText([]byte("2026-11-28T09:30:00Z")))
	assert.True(t, m.Equal(time.Date(2026, 11, 28, 9, 30, 0, 0, time.UTC)))
	var h value.Host
	assert.NoError(t, h.UnmarshalText([]byte("app.example.com")))
	assert.EqualValues(t, "app.example.com", h)
}
