package toolchain

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Of the packages of the Pulumi CLI, most serve what no rehearsal does: state and secrets in three
// clouds, Pulumi Cloud and its assistant. They hang on a few, which have stand-ins in
// rehearsal/tools/without, by import path. Everything else is compiled as Pulumi publishes it, and a
// command that was left out says so. Figures are in the README.
//
// Go replaces whole modules only. So the modules with stand-ins are copied, with the stand-ins in
// their places, and a go.mod of the build's own leads to the copies.

// standins are the packages of a directory that replace those of the same import paths.
type standins struct {
	files    fs.FS
	packages []string
}

func findStandins(dir string) (standins, error) {
	s := standins{files: os.DirFS(dir)}
	return s, fs.WalkDir(s.files, ".", func(name string, entry fs.DirEntry, err error) error {
		if dir := path.Dir(name); err == nil && path.Ext(name) == ".go" && !slices.Contains(s.packages, dir) {
			s.packages = append(s.packages, dir)
		}
		return err
	})
}

var requirement = regexp.MustCompile(`(?m)^(?:require)?\s+(\S+) v\S+`)

// modules are those that a go.mod requires and that have stand-ins. A package is in the module with
// the longest path.
func (s standins) modules(mod []byte) []string {
	owners := map[string]bool{}
	for _, pkg := range s.packages {
		owner := ""
		for _, match := range requirement.FindAllSubmatch(mod, -1) {
			if module := string(match[1]); strings.HasPrefix(pkg+"/", module+"/") && len(module) > len(owner) {
				owner = module
			}
		}
		owners[owner] = true
	}
	return slices.Sorted(maps.Keys(owners))
}

// without returns a go.mod for building the CLI with the stand-ins.
func (b *builder) without(ctx context.Context, tools string) (modfile string, err error) {
	b.progress.stage("sources of the Pulumi CLI")
	mod, err := os.ReadFile(filepath.Join(tools, "go.mod"))
	if err != nil {
		return "", err
	}
	s, err := findStandins(filepath.Join(tools, "without"))
	if err != nil {
		return "", err
	}
	var modules bytes.Buffer
	if err := b.run(ctx, tools, &modules, append([]string{"mod", "download", "-json"}, s.modules(mod)...)); err != nil {
		return "", err
	}
	copies := filepath.Join(b.tools.staging(), "sources")
	if err := os.RemoveAll(copies); err != nil {
		return "", err
	}
	for decoder := json.NewDecoder(&modules); ; {
		var module struct{ Path, Dir string }
		if err := decoder.Decode(&module); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return "", err
		}
		to := filepath.Join(copies, filepath.FromSlash(module.Path))
		if err := s.copyModule(module.Path, module.Dir, to); err != nil {
			return "", err
		}
		mod = fmt.Appendf(mod, "\nreplace %s => %q\n", module.Path, to)
	}
	sum, err := os.ReadFile(filepath.Join(tools, "go.sum"))
	if err != nil {
		return "", err
	}
	modfile = filepath.Join(copies, "go.mod")
	return modfile, errors.Join(os.WriteFile(modfile, mod, 0o644), os.WriteFile(filepath.Join(copies, "go.sum"), sum, 0o644))
}

// copyModule copies what compiles of a module, with stand-ins in place of packages.
func (s standins) copyModule(module, from, to string) error {
	source := os.DirFS(from)
	err := fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == "testdata":
			return fs.SkipDir
		case entry.IsDir() || strings.HasSuffix(name, "_test.go"):
			return nil
		case name != "go.mod" && slices.Contains(s.packages, path.Join(module, path.Dir(name))):
			return nil
		}
		text, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		return writeFile(filepath.Join(to, filepath.FromSlash(name)), text)
	})
	if err != nil {
		return err
	}
	ours, err := fs.Sub(s.files, module)
	if err != nil {
		return err
	}
	return os.CopyFS(to, ours)
}

func writeFile(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}
