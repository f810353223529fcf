package laws

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/schema"
	"tenant-runtime/tests/plans"
)

// A property that does not exist is never found, and a rule that asks for it never
// looks; the compiler cannot see it in a view's tags. Views are shared by types that
// differ a little, so a type must have one of the properties a rule asks it for, and
// a property must belong to one of the types that are asked for it.
func TestRulesAskForPropertiesThatExist(t *testing.T) {
	paths := map[string]bool{}
	for _, r := range rules.All {
		types := map[string]bool{}
		for _, read := range r.Reads() {
			if strings.Contains(read.Type, "*") || strings.HasPrefix(read.Type, "pulumi:") {
				continue // of every type a little, or of a provider
			}
			exists := has(t, read)
			types[read.Type] = types[read.Type] || exists
			paths[read.Path] = paths[read.Path] || exists
		}
		for _, typ := range keys(types) {
			assert.True(t, types[typ], "%s looks at %s, which has none of the properties it asks for", r.ID, typ)
		}
	}
	for _, path := range keys(paths) {
		assert.True(t, paths[path], "a rule asks for %s, which no type has", path)
	}
}

// has looks a property up in the simulator's schema, and for what we do not
// declare, and the simulator therefore does not know, in the SDK's source.
func has(t *testing.T, read rule.Read) bool {
	pkg, _, _ := strings.Cut(read.Type, ":")
	s := schemas[pkg]()
	kind, simulated := s.Kinds[read.Type]
	steps := strings.Split(strings.NewReplacer("[]", ".[]", "{}", ".{}").Replace(read.Path), ".")
	if !simulated {
		return inSource(t, read.Type, steps)
	}
	property, ok := kind.Output(steps[0])
	at := property.Type
	for _, step := range steps[1:] {
		switch {
		case !ok || at == "any": // what lies in a document has no schema
			return ok
		case at[0] == '[' && step == "[]", at[0] == '{':
			at = at.Elem()
		case at[0] == '#':
			property, ok = s.Types[string(at[1:])][step]
			at = property.Type
		default:
			return false
		}
	}
	return ok
}

var schemas = map[string]func() *schema.Schema{"aws": schema.AWS, "gcp": schema.GCP, "azure-native": schema.Azure}

// sources are the modules that declare the types of a package, and where in them.
var sources = map[string][2]string{
	"aws": {"github.com/pulumi/pulumi-aws/sdk/v6", "go/aws"},
	"gcp": {"github.com/pulumi/pulumi-gcp/sdk/v7", "go/gcp"},
}

// inSource looks for the steps of a path among the tags of a type's file and of the
// file with the types it consists of.
func inSource(t *testing.T, typ string, steps []string) bool {
	parts := strings.FieldsFunc(typ, func(r rune) bool { return strings.ContainsRune(":/", r) }) // aws, ec2, route, Route
	require.Contains(t, sources, parts[0], "where is %s declared?", typ)
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", sources[parts[0]][0]).Output()
	require.NoError(t, err)
	dir := filepath.Join(strings.TrimSpace(string(out)), sources[parts[0]][1], parts[1])
	nested, err := filepath.Glob(filepath.Join(dir, "pulumiTypes*.go"))
	require.NoError(t, err)
	var source strings.Builder
	for _, file := range append(nested, filepath.Join(dir, parts[2]+".go")) {
		text, err := os.ReadFile(file)
		require.NoError(t, err, "%s is not in the SDK", typ)
		source.Write(text)
	}
	for i, step := range steps {
		if i > 0 && (steps[0] == "tags" || steps[0] == "labels") {
			break // their keys are ours
		}
		if element := step == "[]" || step == "{}"; !element && !strings.Contains(source.String(), "`pulumi:\""+step+"\"`") {
			return false
		}
	}
	return true
}

// unlooked says why no rule looks at what our stacks declare.
var unlooked = map[string]string{
	"aws:acm/certificateValidation:CertificateValidation": "it only waits for the certificate",
	"aws:backup/vaultNotifications:VaultNotifications":    "it rings (BAK-11), and protects nothing by itself",
	"aws:backup/vaultPolicy:VaultPolicy":                  "it refuses what the vault's lock refuses anyway (BAK-08)",
	"aws:cloudwatch/logResourcePolicy:LogResourcePolicy":  "it lets the web firewall write its log, whose lack is EDG-07's",
	"aws:ec2/eip:Eip": "it belongs to a NAT gateway, whose place is NET-12's",
	"aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": "it names the one network that has a perimeter (NET-02)",
	"aws:kms/alias:Alias": "it is a name",
	"aws:networkfirewall/loggingConfiguration:LoggingConfiguration": "what it writes to is looked at by LOG-06 and LOG-18, what it reports by NET-07",
	"aws:rds/eventSubscription:EventSubscription":                   "it rings, and protects nothing by itself",
	"aws:route53/record:Record":                                     "it is a name",
	"aws:sns/topicPolicy:TopicPolicy":                               "who may ring is ACC-02, of a later stage",
	"aws:sns/topicSubscription:TopicSubscription":                   "who is told is LOG-09, of a later stage",
	"azure-native:storage:BlobContainerImmutabilityPolicy":          "backups on Azure are of a later stage (BAK-08)",
}

func TestEveryTypeWeDeclareIsLookedAt(t *testing.T) {
	looked := map[string]bool{}
	for _, r := range rules.All {
		for _, cloud := range regions.Clouds {
			for _, check := range r.Checks.Of(cloud).List() {
				for _, typ := range check.Types() {
					looked[typ] = true
				}
			}
		}
		for _, read := range r.Reads() {
			looked[read.Type] = true
		}
	}
	declared := map[string]bool{}
	for _, stack := range plans.Stacks(t) {
		for _, r := range plans.Of(t, stack).Resources {
			if r.Custom {
				declared[r.Type] = true
			}
		}
	}
	for _, typ := range keys(declared) {
		_, excused := unlooked[typ]
		assert.NotEqual(t, looked[typ], excused, "%s: write a rule about it, or say in unlooked why there is none", typ)
	}
	for _, typ := range keys(unlooked) {
		assert.True(t, declared[typ], "%s is not declared any more", typ)
	}
}
