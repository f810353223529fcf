package sim

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/schema"
)

// Config is a configured provider: whose account, and which region.
type Config struct {
	Package string
	Account string
	Region  string // may be empty on GCP and Azure, where resources say it themselves
	Props   Props
}

// ProviderKind is the token of a package's provider.
func ProviderKind(pkg string) string { return "pulumi:providers:" + pkg }

// location is how one cloud's configuration says whose account and which region.
type location struct {
	account func(Props) string
	pattern *regexp.Regexp // of accounts
	missing string         // what to give when there is no account
	region  string         // property
}

// where says for each cloud how a provider's configuration names account and
// region. The providers learn an AWS account from the credentials; there are
// none here, so the role to assume or the only allowed account must say it.
var where = regions.Each[location]{
	AWS: location{awsAccount, regexp.MustCompile(`^\d{12}$`), "allowedAccountIds with one account, or assumeRole.roleArn", "region"},
	GCP: location{func(p Props) string { return text(p, "project") },
		regexp.MustCompile(`^[a-z][a-z0-9-]{4,28}[a-z0-9]$`), "project", "region"},
	Azure: location{func(p Props) string { return text(p, "subscriptionId") },
		regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`), "subscriptionId", "location"},
}

var roleAccount = regexp.MustCompile(`^arn:aws[a-z-]*:iam::(\d{12}):role/`)

func awsAccount(p Props) string {
	if m := roleAccount.FindStringSubmatch(text(p, "assumeRole.roleArn")); m != nil {
		return m[1]
	}
	if allowed := find(p, "allowedAccountIds[*]"); len(allowed) == 1 {
		return fmt.Sprint(allowed[0].value)
	}
	return ""
}

// CheckConfig reports everything that is wrong with a provider's configuration.
func (w *World) CheckConfig(pkg string, props resource.PropertyMap) []schema.Problem {
	_, problems := w.configure(pkg, props)
	return problems
}

// Configure reads a provider's configuration.
func (w *World) Configure(pkg string, props resource.PropertyMap) (Config, error) {
	c, problems := w.configure(pkg, props)
	return c, failed(ProviderKind(pkg), problems)
}

func (w *World) configure(pkg string, props resource.PropertyMap) (Config, []schema.Problem) {
	t := w.tables[pkg]
	if t == nil {
		return Config{}, []schema.Problem{{Path: "package", Reason: fmt.Sprintf("no simulated cloud for package %q: add a table to rehearsal/sim/clouds", pkg)}}
	}
	c := Config{Package: pkg, Props: decode(t.Schema.Kinds[ProviderKind(pkg)].In, plainMap(props))}
	delete(c.Props, "version") // of the SDK; the engine puts it there
	problems := t.Schema.Check(ProviderKind(pkg), c.Props)
	rule := where.Of(t.Cloud)
	c.Account, c.Region = rule.account(c.Props), text(c.Props, rule.region)
	if hasUnknown(c.Props) {
		return c, problems
	}
	allowed := find(c.Props, "allowedAccountIds[*]")
	switch {
	case c.Account == "":
		problems = append(problems, schema.Problem{Path: rule.missing, Reason: "must say whose account is simulated"})
	case !rule.pattern.MatchString(c.Account):
		problems = append(problems, schema.Problem{Path: rule.missing, Reason: fmt.Sprintf("%q is not an account of %s", c.Account, t.Cloud)})
	case len(allowed) > 0 && !slices.ContainsFunc(allowed, func(f found) bool { return f.value == c.Account }):
		problems = append(problems, schema.Problem{Path: "allowedAccountIds", Reason: fmt.Sprintf("account %s is not allowed", c.Account)})
	}
	if c.Region == "" && t.Cloud == regions.AWS {
		problems = append(problems, schema.Problem{Path: rule.region, Reason: "is required"})
	}
	if c.Region != "" && !isRegion(t.Cloud, c.Region) {
		problems = append(problems, schema.Problem{Path: rule.region, Reason: unknownRegion(t.Cloud, c.Region)})
	}
	return c, problems
}

// decode opens the JSON text in which a provider's nested configuration travels.
func decode(in schema.Object, props Props) Props {
	for name, value := range props {
		s, isText := value.(string)
		if want := in[name].Type; isText && want != "" && !strings.HasPrefix(string(want), "string") {
			var v any
			if json.Unmarshal([]byte(s), &v) == nil {
				props[name] = v
			}
		}
	}
	return props
}

func isRegion(cloud regions.Cloud, region string) bool {
	r, ok := regions.Lookup(regions.ID(region))
	return ok && r.Cloud == cloud
}

func unknownRegion(cloud regions.Cloud, region string) string {
	return fmt.Sprintf("%q is not a region of %s in the catalogue (regions/%s.go)", region, cloud, cloud)
}

func hasUnknown(v any) bool {
	switch v := v.(type) {
	case schema.Unknown:
		return true
	case []any:
		return slices.ContainsFunc(v, hasUnknown)
	case map[string]any:
		for _, e := range v {
			if hasUnknown(e) {
				return true
			}
		}
	}
	return false
}

// failed makes one error of all problems, or none.
func failed(kind string, problems []schema.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = strings.TrimPrefix(p.String(), ": ")
	}
	return fmt.Errorf("%s: %s", kind, strings.Join(lines, "; "))
}
