// Package policy runs the policy packs: all rules of the tree, split by area into
// hardening, residency and continuity.
package policy

import (
	"embed"
	"fmt"
	"os"
	"time"

	"sigs.k8s.io/yaml"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
)

//go:embed exemptions.yaml
var exemptions []byte

// projects are the packs' project files, so that a version is written down once.
//
//go:embed */PulumiPolicy.yaml
var projects embed.FS

// Main serves the named pack to the engine that started the process.
func Main(pack string) {
	if err := serve(pack); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(name string) error {
	pack, err := Pack(name)
	if err != nil {
		return err
	}
	return rule.Serve(pack)
}

// Pack assembles a pack from the rules and the exemptions of this tree.
func Pack(name string) (*rule.Pack, error) {
	excused, err := rule.ParseExemptions(exemptions)
	if err != nil {
		return nil, err
	}
	pack, err := rule.NewPack(name, rules.All, excused, time.Now)
	if err != nil {
		return nil, err
	}
	project, err := projects.ReadFile(name + "/PulumiPolicy.yaml")
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	var about struct{ Version, Description string }
	if err := yaml.Unmarshal(project, &about); err != nil {
		return nil, fmt.Errorf("PulumiPolicy.yaml of pack %s: %w", name, err)
	}
	pack.Version, pack.Description = about.Version, about.Description
	return pack, nil
}
