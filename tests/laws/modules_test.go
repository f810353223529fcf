package laws

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	required = regexp.MustCompile(`(?m)^(?:require)?\s+(\S+) (v\S+)`)
	replaced = regexp.MustCompile(`(?m)^replace (\S+) => \S+ (v\S+)$`)
)

func versions(t *testing.T, dir string) map[string]string {
	t.Helper()
	mod, err := os.ReadFile(filepath.Join("../..", dir, "go.mod"))
	require.NoError(t, err)
	all := map[string]string{}
	for _, form := range []*regexp.Regexp{required, replaced} {
		for _, match := range form.FindAllStringSubmatch(string(mod), -1) {
			all[match[1]] = match[2]
		}
	}
	return all
}

// The Pulumi CLI and our own executables share most of what they are compiled from, and with it the
// compiler's cache, as long as both modules choose the same versions. To align them after an update,
// raise the lower of the two versions that this names; every package above it is compiled anew then.
func TestBothModulesChooseTheSameVersions(t *testing.T) {
	ours, tools := versions(t, "."), versions(t, "rehearsal/tools")
	shared := 0
	for module, version := range ours {
		if other, both := tools[module]; both {
			shared++
			assert.Equal(t, version, other, "%s: go.mod has %s, rehearsal/tools/go.mod %s", module, version, other)
		}
	}
	assert.Greater(t, shared, 50)
	assert.Equal(t, ours["github.com/pulumi/pulumi/sdk/v3"], tools["github.com/pulumi/pulumi/pkg/v3"], "the CLI speaks the program's SDK")
}
