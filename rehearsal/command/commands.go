package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/report"
	"tenant-runtime/rehearsal/run"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/toolchain"
)

func up() *cobra.Command {
	return &cobra.Command{
		Use:   "up [STACK...]",
		Short: "Deploy stacks on simulated clouds",
		Long: `Up previews and deploys the named stacks, or ch, eu and us, together with the
stacks that hang on them: silos, further tenants. The policy packs judge the preview
first: if a mandatory rule fires, nothing is created.

Run it again and nothing changes. Kill it at any moment and run it again: it adopts what had been
created and finishes the job. Change the program or a stack file in between, and see what that does
to a running runtime.`,
		Example: `  go run ./rehearsal up
  go run ./rehearsal up ch us
  go run ./rehearsal up eu-azure --home /tmp/other`,
		RunE: func(cmd *cobra.Command, stacks []string) error {
			return rehearse(cmd, "", orAll(stacks), func(ctx context.Context, r *run.Rehearsal, stacks []string) error {
				reports, err := r.Up(ctx, stacks...)
				return conclude(reports, err)
			})
		},
	}
}

func preview() *cobra.Command {
	var example string
	cmd := &cobra.Command{
		Use:   "preview [STACK...]",
		Short: "Show what up would do, and what the policy packs say",
		Long: `Preview plans the named stacks, or ch, eu and us, and lets the policy packs judge the plan. It
changes nothing.

With --example it plans a faulty program from tests/ instead, to show what a reviewer sees: each
finding names the rule, the resource, the property, what was found and what was wanted.`,
		Example: `  go run ./rehearsal preview ch
  go run ./rehearsal preview --example mistakes`,
		RunE: func(cmd *cobra.Command, stacks []string) error {
			return rehearse(cmd, example, orAll(stacks), func(ctx context.Context, r *run.Rehearsal, stacks []string) error {
				reports, err := r.Preview(ctx, stacks...)
				return conclude(reports, err)
			})
		},
	}
	cmd.Flags().StringVar(&example, "example", "", "directory in tests/ of a program to preview in place of the real one")
	return cmd
}

func destroy() *cobra.Command {
	return &cobra.Command{
		Use:   "destroy [STACK...]",
		Short: "Remove what stacks created, as far as the clouds let go",
		Long: `Destroy deletes all resources of the named stacks, or of ch, eu and us, after it has switched off
deletion protection where an operator would have to do so by hand. What a real cloud would keep (stores
that hold data, keys in their waiting period …) the simulated one keeps too, and it is listed.`,
		Example: `  go run ./rehearsal destroy
  go run ./rehearsal destroy us`,
		RunE: func(cmd *cobra.Command, stacks []string) error {
			return rehearse(cmd, "", orAll(stacks), func(ctx context.Context, r *run.Rehearsal, stacks []string) error {
				reports, err := r.Destroy(ctx, stacks...)
				err = conclude(reports, err)
				fmt.Println("\nThe next up meets what is left, as on the real clouds: some names stay taken. " +
					"For fresh clouds delete state/ and world.db in .rehearsal (or in --home).")
				return err
			})
		},
	}
}

func pulumi() *cobra.Command {
	return &cobra.Command{
		Use:   "pulumi -- ARGS...",
		Short: "Run the pinned Pulumi CLI on the rehearsed stacks",
		Long: `Pulumi runs the same CLI the rehearsal uses, with its state, its simulated clouds and none of your
credentials. It works on copies of the stack files, taken anew each time: what "config set" writes
is gone with the next command.`,
		Example: `  go run ./rehearsal pulumi -- stack -s ch
  go run ./rehearsal pulumi -- stack export -s ch
  go run ./rehearsal pulumi -- refresh -s eu --yes
  go run ./rehearsal pulumi -- preview -s us --diff --policy-pack policy/residency`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return rehearse(cmd, "", named(args), func(ctx context.Context, r *run.Rehearsal, _ []string) error {
				code, err := r.Pulumi(ctx, args...)
				if err == nil && code != 0 {
					err = exitStatus(code)
				}
				return err
			})
		},
	}
}

func test() *cobra.Command {
	return &cobra.Command{
		Use:   "test [-- ARGS...]",
		Short: "Run the tests, after compiling what they start",
		Long: `Test compiles what the tests start and shows how far it is, then runs "go test" with ARGS, or with
"./...". The tests get an hour, which a busy machine with two cores does not need; the go command's
own ten minutes can be too short there.`,
		Example: `  go run ./rehearsal test
  go run ./rehearsal test -- -v ./tests/lifecycle`,
		RunE: func(cmd *cobra.Command, args []string) error {
			tools, _, err := place(cmd)
			if err != nil {
				return err
			}
			parts, err := tools.Everything()
			if err != nil {
				return err
			}
			if err := tools.Build(cmd.Context(), os.Stderr, parts...); err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{"./..."}
			}
			err = tools.Test(cmd.Context(), args)
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				return exitStatus(exit.ExitCode())
			}
			return err
		},
	}
}

func gaps() *cobra.Command {
	return &cobra.Command{
		Use:   "gaps",
		Short: "List what the simulated clouds do not know",
		Long: `Gaps lists what a rehearsal cannot show, because the simulated clouds do not know it. Everything
else they refuse as the real ones would: unknown properties, names that are taken or malformed,
references that lead nowhere, changes that need a replacement, deletion of what is in use.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			for _, gap := range sim.Gaps {
				fmt.Println("- " + gap)
			}
			return nil
		},
	}
}

// orAll chooses the stacks that a command names. Without names it means all of an example, or the
// runtimes of all jurisdictions on AWS, where all of a runtime is built.
func orAll(stacks []string) choice {
	return func(r *run.Rehearsal, example string) []string {
		switch {
		case len(stacks) > 0:
			return stacks
		case example != "":
			return r.Stacks()
		default:
			return r.Everything(string(regions.AWS))
		}
	}
}

// named chooses the stacks that Pulumi's arguments name. If they name none, Pulumi may ask for any.
func named(args []string) choice {
	return func(r *run.Rehearsal, _ string) (stacks []string) {
		for _, arg := range args {
			name := arg[strings.LastIndex(arg, "=")+1:] // --stack=ch
			if slices.Contains(r.Stacks(), name) && !slices.Contains(stacks, name) {
				stacks = append(stacks, name)
			}
		}
		if len(stacks) == 0 {
			return r.Stacks()
		}
		return stacks
	}
}

// choice is which stacks of the project a command is about.
type choice func(r *run.Rehearsal, example string) []string

// rehearse opens a rehearsal of the repository's program, or of an example in tests/, builds what the
// chosen stacks need, uses it and closes it.
func rehearse(cmd *cobra.Command, example string, choose choice, use func(context.Context, *run.Rehearsal, []string) error) (err error) {
	tools, home, err := place(cmd)
	if err != nil {
		return err
	}
	options := run.Options{Tools: tools, Home: home, Out: os.Stdout}
	if example != "" {
		options.Project, options.Brief = filepath.Join("tests", example), true
	}
	r, err := run.Open(cmd.Context(), options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	stacks := choose(r, example)
	if err := r.Check(stacks); err != nil {
		return err
	}
	programs := []string{"tests/" + example}
	if example == "" {
		programs = r.Programs(stacks)
	}
	parts, err := tools.Engine(programs...)
	if err != nil {
		return err
	}
	if err := tools.Build(cmd.Context(), os.Stderr, parts...); err != nil {
		return err
	}
	return use(cmd.Context(), r, stacks)
}

// place finds the tools, which are beside this executable, and the home.
func place(cmd *cobra.Command) (tools toolchain.Tools, home string, err error) {
	wd, err := os.Getwd()
	if err != nil {
		return tools, "", err
	}
	if tools.Root, err = toolchain.Root(wd); err != nil {
		return tools, "", err
	}
	self, err := os.Executable()
	if err != nil {
		return tools, "", err
	}
	tools.Dir = filepath.Dir(self)
	home, _ = cmd.Flags().GetString("home")
	if home == "" {
		home = toolchain.Home(tools.Root)
	}
	home, err = filepath.Abs(home)
	return tools, home, err
}

// conclude prints what became of the stacks and turns it into the exit status.
func conclude(reports []report.Report, err error) error {
	if err != nil {
		return err
	}
	status := error(nil)
	for _, r := range reports {
		report.WriteProblems(os.Stdout, r)
		if r.Bad() {
			status = exitStatus(1)
		}
	}
	fmt.Println()
	report.WriteTable(os.Stdout, reports)
	for _, r := range reports {
		report.WriteOutputs(os.Stdout, r)
		report.WriteResidue(os.Stdout, r)
	}
	writeGaps()
	return status
}

// writeGaps names what the simulation does not know, so that nobody takes it for more than it is.
func writeGaps() {
	var topics []string
	for _, gap := range sim.Gaps {
		topic, _, _ := strings.Cut(gap, ":")
		topics = append(topics, topic)
	}
	fmt.Printf("\nNot simulated (`go run ./rehearsal gaps` says more): %s.\n", strings.Join(topics, "; "))
}
