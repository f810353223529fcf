package laws

import (
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/rules"
	"tenant-runtime/tests/plans"
)

// unwitnessed says why a guarantee of a component has no rule of its own.
var unwitnessed = map[string]string{
	"ACC-02": "the documents of keys, tenants and public stores are read by ENC-09, TEN-04, TEN-09 and DAT-02; all grants are of a later stage",
	"BAK-11": "what notifies is of a later stage",
	"DAT-09": "the tag dataClass is one of RES-15's",
	"ENC-10": "every key of a cloud's own key service lies in hardware",
	"ENC-12": "what is not declared leaves no resource; components/database takes no password",
	"HAD-07": "names carry the region, which components/scope tests; rebuilding one is a drill's, of a later stage",
	"HAD-09": "a person's decision leaves no resource",
	"HAD-12": "it shows between two regions only, in a drill of a later stage",
	"INC-06": "that evidence is locked is BAK-08's",
	"LOG-01": "the trail and its selectors are LOG-02's",
	"LOG-09": "who is told is of a later stage",
	"TEN-11": "that backups end is BAK-15's",
}

// What a component promises in its package's comment, a rule proves on AWS, where
// all of it is built; and what a rule demands, a component promises.
func TestPromisesAreProvedAndProofsArePromised(t *testing.T) {
	promised := promises(t)
	proved := map[string]bool{}
	for _, r := range rules.All {
		proved[r.ID] = len(r.Checks.AWS.List()) > 0
		assert.NotEmpty(t, promised[r.ID], "%s is demanded by a rule: name it in the package comment of the component that sees to it", r.ID)
	}
	for _, id := range keys(promised) {
		_, excused := unwitnessed[id]
		assert.NotEqual(t, proved[id], excused, "%s is promised by %v: write its rule, or say in unwitnessed why there is none", id, promised[id])
	}
	for _, id := range keys(unwitnessed) {
		assert.NotEmpty(t, promised[id], "%s is not promised any more", id)
	}
}

// TestNothingPromisedIsDropped keeps a rule and its promise from leaving together.
func TestNothingPromisedIsDropped(t *testing.T) {
	standing := map[string]bool{}
	for _, r := range rules.All {
		standing[r.ID] = len(r.Checks.AWS.List()) > 0
	}
	for area, numbers := range map[string][]int{
		"ACC": {13},
		"BAK": {1, 2, 3, 4, 5, 8, 9, 10, 15},
		"DAT": {1, 2, 3, 5, 6, 7},
		"EDG": {1, 2, 3, 4, 5, 7, 10, 13, 14},
		"ENC": {1, 2, 3, 4, 5, 7, 8, 9, 11},
		"ENV": {6, 7},
		"HAD": {2},
		"LOG": {2, 3, 6, 7, 16, 18},
		"NET": {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15},
		"RES": {1, 2, 3, 10},
		"TEN": {1, 2, 3, 4, 5, 7, 9},
	} {
		for _, n := range numbers {
			id := fmt.Sprintf("%s-%02d", area, n)
			assert.True(t, standing[id], "%s has no rule with a check on AWS", id)
		}
	}
}

var requirement = regexp.MustCompile(`([A-Z]{3})-(\d\d)\b(?: to [A-Z]{3}-(\d\d))?`)

// promises returns the requirements named in package comments, and by whom.
func promises(t *testing.T) map[string][]string {
	files, err := filepath.Glob(filepath.Join(plans.Root(), "components", "*", "*.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	promised := map[string][]string{}
	for _, file := range slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") }) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
		require.NoError(t, err)
		for _, m := range requirement.FindAllStringSubmatch(strings.Join(strings.Fields(strings.ReplaceAll(parsed.Doc.Text(), "\n", " ")), " "), -1) {
			first, _ := strconv.Atoi(m[2])
			last := first
			if m[3] != "" {
				last, _ = strconv.Atoi(m[3])
			}
			for n := first; n <= last; n++ {
				id := fmt.Sprintf("%s-%02d", m[1], n)
				promised[id] = append(promised[id], filepath.Base(filepath.Dir(file)))
			}
		}
	}
	return promised
}
