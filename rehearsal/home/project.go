package home

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"tenant-runtime/rehearsal/sim/provider"
)

// Project is a copy of a Pulumi project's two kinds of files in the rehearsal's home. Pulumi writes
// into stack files (the salt of a passphrase, whatever `config set` is told), and the committed ones
// must stay as they are; a live stack's secrets, on the other hand, cannot be opened here.
type Project struct {
	Name   string
	Stacks []string                  // those with a committed stack file, sorted
	config map[string]map[string]any // each one's configuration, as committed
}

// salt goes with the passphrase; `pulumi stack init` made it. With a fixed one no stack file ever
// needs to be written.
const salt = "v1:p9vV0FKabX0=:v1:0CaObAIuJzIty7Ju:nVmJTSkgWVtn1eW+wMLmb64FmkoUGw=="

// CopyProject mirrors the project in source, a directory of the repository. Its program stays where
// it is; the policy packs are linked, so that `--policy-pack policy/NAME` means the same as in the
// repository. What edit does to a stack file happens to the copy only; more are stack files that
// the repository does not have.
func (d Dir) CopyProject(root, source string, edit func(stack string, content map[string]any), more map[string]map[string]any) (*Project, error) {
	to := d.Project()
	settings, err := readYAML(filepath.Join(source, "Pulumi.yaml"))
	if err != nil {
		return nil, err
	}
	main, _ := settings["main"].(string)
	configDir, _ := settings["stackConfigDir"].(string)
	name, _ := settings["name"].(string)
	p := &Project{Name: name, config: map[string]map[string]any{}}

	settings["main"] = filepath.Join(source, main)
	settings["stackConfigDir"] = "config"
	settings["plugins"] = map[string]any{"providers": attached(to)}
	delete(settings, "backend")
	if err := os.RemoveAll(to); err != nil {
		return nil, err
	}
	if err := writeYAML(filepath.Join(to, "Pulumi.yaml"), settings); err != nil {
		return nil, err
	}
	if err := os.Symlink(filepath.Join(root, "policy"), filepath.Join(to, "policy")); err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(source, configDir, "Pulumi.*.yaml"))
	if err != nil {
		return nil, err
	}
	contents := maps.Clone(more)
	if contents == nil {
		contents = map[string]map[string]any{}
	}
	for _, file := range files {
		stack := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "Pulumi."), ".yaml")
		if contents[stack], err = readYAML(file); err != nil {
			return nil, err
		}
		if edit != nil {
			edit(stack, contents[stack])
		}
	}
	for stack, content := range contents {
		p.config[stack], _ = content["config"].(map[string]any)
		p.Stacks = append(p.Stacks, stack)
		if err := writeYAML(filepath.Join(to, "config", "Pulumi."+stack+".yaml"), rehearsed(content)); err != nil {
			return nil, err
		}
	}
	slices.Sort(p.Stacks)
	return p, nil
}

// attached declares the simulated providers as the project's own plugins. The engine would
// otherwise look for an installed one before it attaches to ours (pulumi v3.276.0,
// ensurePluginsAreInstalled); the directory needs to exist and to hold nothing.
func attached(dir string) []any {
	var list []any
	for _, name := range provider.Packages {
		list = append(list, map[string]any{"name": name, "path": dir})
	}
	return list
}

// rehearsed turns a committed stack file into one the rehearsal can open: its own passphrase in
// place of the live stack's key, and a stand-in for every secret encrypted with that key.
func rehearsed(content map[string]any) map[string]any {
	out, _ := withoutSecrets(content).(map[string]any)
	delete(out, "secretsprovider")
	delete(out, "encryptedkey")
	out["encryptionsalt"] = salt
	return out
}

func withoutSecrets(value any) any {
	switch v := value.(type) {
	case map[string]any:
		if _, encrypted := v["secure"]; encrypted && len(v) == 1 {
			return "rehearsal"
		}
		out := map[string]any{}
		for key, item := range v {
			out[key] = withoutSecrets(item)
		}
		return out
	case []any:
		var out []any
		for _, item := range v {
			out = append(out, withoutSecrets(item))
		}
		return out
	default:
		return value
	}
}

// Region is where the stack file says its runtime lives.
func (p *Project) Region(stack string) string {
	for _, value := range p.config[stack] {
		if object, ok := value.(map[string]any); ok {
			if region, ok := object["home"].(string); ok {
				return region
			}
		}
	}
	return ""
}

// Configuration is the value of a key in the stack file, as JSON; nothing if there is none.
func (p *Project) Configuration(stack, key string) []byte {
	text, err := json.Marshal(p.config[stack][key])
	if err != nil {
		return nil
	}
	return text
}

// Check refuses stacks that nobody configured, and a second engine for the same stack.
func (p *Project) Check(stacks []string) error {
	for i, stack := range stacks {
		if slices.Contains(stacks[:i], stack) {
			return fmt.Errorf("stack %q is named twice: name it once", stack)
		}
		if !slices.Contains(p.Stacks, stack) {
			return fmt.Errorf("stack %q has no stack file; there are: %s", stack, strings.Join(p.Stacks, ", "))
		}
	}
	return nil
}

func readYAML(path string) (map[string]any, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	content := map[string]any{}
	if err := yaml.UnmarshalStrict(data, &content); err != nil { // strict: no key twice
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return content, nil
}

func writeYAML(path string, content any) error {
	data, err := yaml.Marshal(content)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
