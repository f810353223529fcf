package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

func TestRulesAndTheirExamples(t *testing.T) {
	for _, r := range All {
		t.Run(r.Policy(), func(t *testing.T) {
			assert.Empty(t, r.Problems())
			assert.Empty(t, r.Verify())
		})
	}
}

func TestOneMistakeIsOneFinding(t *testing.T) {
	assert.Empty(t, rule.Overlaps(All))
}

// TestEveryRuleIsListed reads the source, because a rule that nobody lists runs
// nowhere and no other test would miss it.
func TestEveryRuleIsListed(t *testing.T) {
	listed := map[string]string{} // by ID: the file its name asks for
	for _, r := range All {
		assert.NotContains(t, listed, r.ID, "two rules share an ID")
		assert.NotContains(t, Retired, r.ID, "a retired ID is not given to another rule")
		listed[r.ID] = strings.ToLower(r.Area() + "/" + strings.ReplaceAll(r.Policy(), "-", "_") + ".go")
	}
	assert.Equal(t, listed, writtenRules(t), "list the rule in its area's rules.go, and name its file after its ID and Name")
	assert.True(t, slices.IsSortedFunc(All, func(a, b rule.Rule) int { return strings.Compare(a.ID, b.ID) }), "rules are listed by ID")
}

// writtenRules finds the literals of type rule.Rule, by ID, with their files.
func writtenRules(t *testing.T) map[string]string {
	found := map[string]string{}
	files, err := filepath.Glob("*/*.go")
	require.NoError(t, err)
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			if !ok || !isRule(literal.Type) {
				return true
			}
			for _, field := range literal.Elts {
				kv := field.(*ast.KeyValueExpr)
				if kv.Key.(*ast.Ident).Name == "ID" {
					id, err := strconv.Unquote(kv.Value.(*ast.BasicLit).Value)
					require.NoError(t, err)
					found[id] = filepath.ToSlash(name)
				}
			}
			return true
		})
	}
	return found
}

func isRule(typ ast.Expr) bool {
	selector, ok := typ.(*ast.SelectorExpr)
	return ok && selector.Sel.Name == "Rule"
}

// TestKindsAreNamedInOnePlace holds the tokens of the clouds' kinds in policy/kind,
// under the names that the SDKs give them.
func TestKindsAreNamedInOnePlace(t *testing.T) {
	files, err := filepath.Glob("../kind/*/*.go")
	require.NoError(t, err)
	require.Len(t, files, len(regions.Clouds))
	for _, name := range files {
		for constant, kind := range constants(t, name) {
			parts := strings.Split(kind, ":") // aws, ec2/vpc, Vpc
			require.Len(t, parts, 3, kind)
			module, _, _ := strings.Cut(parts[1], "/")
			assert.True(t, strings.EqualFold(constant, module+parts[2]), "%s of %s is not named after %s", constant, name, kind)
		}
	}
	written := regexp.MustCompile(`"((aws|gcp):\w+/\w+:\w|azure-native:\w+:\w)`)
	rules, err := filepath.Glob("*/*.go")
	require.NoError(t, err)
	for _, name := range rules {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.NotRegexp(t, written, string(text), "%s: kinds are named in policy/kind", name)
	}
}

func constants(t *testing.T, name string) map[string]string {
	found := map[string]string{}
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			found[spec.Names[0].Name] = value
		}
		return true
	})
	return found
}

// TestNoRuleUsesAnothersWords: what two rules share lies in a file that is named
// after it, or in a package of its own if the rules are of two areas.
func TestNoRuleUsesAnothersWords(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	require.NoError(t, err)
	ofRule := regexp.MustCompile(`/[a-z]{3}_\d\d_`)
	parsed, private := map[string]*ast.File{}, map[string]string{} // area and name: the rule's file
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		parsed[name] = file
		for declared := range file.Scope.Objects {
			if ofRule.MatchString(name) {
				private[filepath.Dir(name)+" "+declared] = name
			}
		}
	}
	for _, name := range files {
		if filepath.Base(name) == "rules.go" {
			continue
		}
		for _, used := range parsed[name].Unresolved {
			assert.Empty(t, private[filepath.Dir(name)+" "+used.Name], "%s uses %s", name, used.Name)
		}
	}
}
