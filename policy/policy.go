// Package policy runs the policy packs: all rules of the tree, split by area into
// hardening, residency and continuity.
package policy

import (
	_ "embed"
	"fmt"
	"os"
	"time"

	"sigs.k8s.io/yaml"

	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules"
)

//go:embed exemptions.yaml
var exemptions []byte

// Main serves the named pack to the engine that started the process. Project is
// the pack's PulumiPolicy.yaml, so that its version is written down once.
func Main(pack string, project []byte) {
	if err := serve(pack, project); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(name string, project []byte) error {
	pack, err := Pack(name, project)
	if err != nil {
		return err
	}
	return rule.Serve(pack)
}

// Pack assembles a pack from the rules and the exemptions of this tree.
func Pack(name string, project []byte) (*rule.Pack, error) {
	excused, err := rule.ParseExemptions(exemptions)
	if err != nil {
		return nil, err
	}
	pack, err := rule.NewPack(name, rules.All, excused, time.Now)
	if err != nil {
		return nil, err
	}
	var about struct{ Version, Description string }
	if err := yaml.Unmarshal(project, &about); err != nil {
		return nil, fmt.Errorf("PulumiPolicy.yaml of pack %s: %w", name, err)
	}
	pack.Version, pack.Description = about.Version, about.Description
	return pack, nil
}
