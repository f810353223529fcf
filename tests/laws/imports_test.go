// Package laws holds what must be true of the whole tree.
package laws

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/regions"
)

const module = "tenant-runtime/"

// arrows says what each directory of the tree may import of the others. Policy and
// components never meet: a rule is checked apart from the component that it judges.
var arrows = map[string][]string{
	"regions":    {},
	"components": {"regions"},
	"stacks":     {"regions", "components"},
	"policy":     {"regions"},
	"rehearsal":  {"regions", "stacks", "policy"},
}

func TestImportsPointOneWay(t *testing.T) {
	packages := list(t)
	require.NotEmpty(t, packages)
	seen := map[string]bool{}
	for _, p := range packages {
		from := top(p.ImportPath)
		allowed, listed := arrows[from]
		if from == "tests" {
			continue
		}
		if !assert.True(t, listed, "%s: %q is not in the list of arrows", p.ImportPath, from) {
			continue
		}
		seen[from] = true
		for _, imported := range p.Imports {
			if to := top(imported); to != "" && to != from {
				assert.Contains(t, allowed, to, "%s imports %s", p.ImportPath, imported)
			}
		}
	}
	assert.Len(t, seen, len(arrows), "a directory of the tree has no package any more")
}

// A rehearsal runs the program and the packs as the engine does, from outside. If
// it linked the cloud SDKs, its first answer would take minutes of compiling.
func TestRehearsalLinksNoCloud(t *testing.T) {
	for _, p := range list(t) {
		if top(p.ImportPath) != "rehearsal" && top(p.ImportPath) != "policy" {
			continue
		}
		for _, dep := range p.Deps {
			for _, sdk := range []string{"pulumi-aws/", "pulumi-gcp/", "pulumi-azure-native-sdk/"} {
				assert.NotContains(t, dep, sdk, "%s depends on %s", p.ImportPath, dep)
			}
		}
	}
}

// A contract says what a part of a runtime is on every cloud, and a column builds it
// on one: a program that links one column compiles the SDK of one cloud.
func TestColumnsKeepTheirClouds(t *testing.T) {
	sdks := map[string]string{"aws": "pulumi-aws/", "gcp": "pulumi-gcp/", "azure": "pulumi-azure-native-sdk/"}
	columns := map[string]int{}
	for _, p := range list(t) {
		if top(p.ImportPath) != "components" && !strings.HasPrefix(p.ImportPath, module+"stacks/") {
			continue
		}
		own := p.ImportPath[strings.LastIndex(p.ImportPath, "/")+1:]
		if sdks[own] != "" {
			columns[own]++
		}
		for cloud, sdk := range sdks {
			if cloud == own {
				continue
			}
			for _, dep := range p.Deps {
				assert.NotContains(t, dep, sdk, "%s depends on %s", p.ImportPath, dep)
			}
		}
	}
	for cloud := range sdks {
		assert.Positive(t, columns[cloud], "%s has no column", cloud)
	}
}

// A live stack runs the program of all clouds, a rehearsal that of its own: what one
// declares the other has to declare.
func TestEveryColumnIsInTwoPrograms(t *testing.T) {
	deps := map[string][]string{}
	for _, p := range list(t) {
		deps[p.ImportPath] = p.Deps
	}
	for _, cloud := range regions.Clouds {
		column := module + "components/column/" + string(cloud)
		assert.Contains(t, deps[module+"stacks"], column)
		assert.Contains(t, deps[module+"stacks/"+string(cloud)], column)
	}
}

// The launcher is what `go run ./rehearsal` compiles in silence. It knows terminals; all else it
// needs is in the standard library.
func TestLauncherNeedsLittle(t *testing.T) {
	for _, p := range list(t) {
		if p.ImportPath != module+"rehearsal" {
			continue
		}
		for _, dep := range p.Deps {
			first, _, _ := strings.Cut(dep, "/")
			ours, terminal := strings.HasPrefix(dep, module), dep == "golang.org/x/term" || strings.HasPrefix(dep, "golang.org/x/sys/")
			assert.True(t, ours || terminal || !strings.Contains(first, "."), "the launcher depends on %s", dep)
		}
		return
	}
	t.Fatal("there is no launcher")
}

type pkg struct {
	ImportPath    string
	Imports, Deps []string
}

func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", module+"...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("go list: %s", exit.Stderr)
	}
	require.NoError(t, err)
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else {
			require.NoError(t, err)
		}
		all = append(all, p)
	}
}

// top is the first directory of a package of ours, empty for others' packages.
func top(importPath string) string {
	rest, ours := strings.CutPrefix(importPath, module)
	if !ours {
		return ""
	}
	first, _, _ := strings.Cut(rest, "/")
	return first
}
