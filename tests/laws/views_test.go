package laws

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/schema"
	"tenant-runtime/rehearsal/sim/schema/extract"
	"tenant-runtime/tests/plans"
)

// A property that does not exist is never found, and a rule that asks for it never
// looks; the compiler cannot see it in a view's tags. Views are shared by types that
// differ a little, so a type must have one of the properties a rule asks it for, and
// a property must belong to one of the types that are asked for it.
func TestRulesAskForPropertiesThatExist(t *testing.T) {
	reads, asked := map[string][]rule.Read{}, map[string]bool{}
	for _, r := range rules.All {
		for _, read := range r.Reads() {
			if !strings.Contains(read.Type, "*") && !strings.HasPrefix(read.Type, "pulumi:") { // of every type a little, or of a provider
				reads[r.ID], asked[read.Type] = append(reads[r.ID], read), true
			}
		}
	}
	of, paths := schemasOf(t, keys(asked)), map[string]bool{}
	for _, id := range keys(reads) {
		types := map[string]bool{}
		for _, read := range reads[id] {
			exists := has(of[read.Type], read)
			types[read.Type] = types[read.Type] || exists
			paths[read.Path] = paths[read.Path] || exists
		}
		for _, typ := range keys(types) {
			assert.True(t, types[typ], "%s looks at %s, which has none of the properties it asks for", id, typ)
		}
	}
	for _, path := range keys(paths) {
		assert.True(t, paths[path], "a rule asks for %s, which no type has", path)
	}
}

// has looks a property up in the schema of its type.
func has(s *schema.Schema, read rule.Read) bool {
	steps := strings.Split(strings.NewReplacer("[]", ".[]", "{}", ".{}").Replace(read.Path), ".")
	property, ok := s.Kinds[read.Type].Output(steps[0])
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

// schemas are the simulator's, by package.
var schemas = map[string]func() *schema.Schema{"aws": schema.AWS, "gcp": schema.GCP, "azure-native": schema.Azure}

// schemasOf returns the simulator's schemas by type, and for types that we do not
// declare, and it therefore does not know, the SDK's.
func schemasOf(t *testing.T, types []string) map[string]*schema.Schema {
	found := map[string]*schema.Schema{}
	for pkg, load := range schemas {
		simulated, unknown := load(), []string{}
		for _, typ := range types {
			if _, known := simulated.Kinds[typ]; known {
				found[typ] = simulated
			} else if strings.HasPrefix(typ, pkg+":") {
				unknown = append(unknown, typ)
			}
		}
		extracted, err := extract.Kinds(unknown...)
		require.NoError(t, err)
		for _, typ := range unknown {
			found[typ] = extracted
		}
	}
	return found
}

// unlooked says why no rule looks at what our stacks declare.
var unlooked = map[string]string{
	"aws:acm/certificateValidation:CertificateValidation": "it only waits for the certificate",
	"aws:backup/vaultNotifications:VaultNotifications":    "it notifies (BAK-11), and protects nothing by itself",
	"aws:backup/vaultPolicy:VaultPolicy":                  "it refuses what the vault's lock refuses anyway (BAK-08)",
	"aws:cloudwatch/logResourcePolicy:LogResourcePolicy":  "it lets the web firewall write its log, whose lack is EDG-07's",
	"aws:ec2/eip:Eip": "it belongs to a NAT gateway, whose place is NET-12's",
	"aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": "it names the one network that has a perimeter (NET-02)",
	"aws:iam/accountPasswordPolicy:AccountPasswordPolicy":                 "it is for users, which ACC-01 refuses, of a later stage",
	"aws:kms/alias:Alias": "it is a name",
	"aws:networkfirewall/loggingConfiguration:LoggingConfiguration": "what it writes to is looked at by LOG-06 and LOG-18, what it reports by NET-07",
	"aws:rds/eventSubscription:EventSubscription":                   "it notifies, and protects nothing by itself",
	"aws:route53/record:Record":                                     "it is a name",
	"aws:sns/topicPolicy:TopicPolicy":                               "who may publish is ACC-02, of a later stage",
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
