package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/policy/rule"
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

// TestEveryRuleIsListed reads the package's source, because a rule that nobody
// lists runs nowhere and no other test would miss it.
func TestEveryRuleIsListed(t *testing.T) {
	listed := map[string]string{} // by ID: the file its name asks for
	for _, r := range All {
		assert.NotContains(t, listed, r.ID, "two rules share an ID")
		assert.NotContains(t, Retired, r.ID, "a retired ID is not given to another rule")
		listed[r.ID] = strings.ToLower(strings.ReplaceAll(r.Policy(), "-", "_")) + ".go"
	}
	written := writtenRules(t)
	assert.Equal(t, listed, written, "list the rule in all.go, and name its file after its ID and Name")
	assert.True(t, slices.IsSortedFunc(All, func(a, b rule.Rule) int { return strings.Compare(a.ID, b.ID) }), "all.go is sorted by ID")
}

// writtenRules finds the literals of type rule.Rule, by ID, with their files.
func writtenRules(t *testing.T) map[string]string {
	found := map[string]string{}
	packages, err := parser.ParseDir(token.NewFileSet(), ".", nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	for name, file := range packages["rules"].Files {
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
					found[id] = name
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
