// Package component registers components, each in the same steps.
//
// Guarantees: arguments are checked before anything is declared; every child has
// the component as its parent and its provider in writing; what a component hands
// to others is a reference of outputs and plain text, complete or an error.
package component

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/ref"
	"tenant-runtime/components/scope"
)

// Args are what a component is declared with.
type Args interface {
	// Check reports what the component could not work with. It guards against mistakes
	// of our own code; a user's are found by the stack's configuration first.
	Check() error

	// Where is the scope of the component's resources, with security zone and data class.
	Where() scope.Scope
}

// Builder is what a component's body is written on: bodies are methods of a type
// that embeds it.
type Builder[A Args] struct {
	Ctx   *pulumi.Context
	Name  string // the component's, with which every child's begins
	Args  A
	Scope scope.Scope // Args.Where()

	parent pulumi.Resource
}

// Named returns the name of a child: the component's and the parts.
func (b *Builder[A]) Named(parts ...string) string {
	return strings.Join(append([]string{b.Name}, parts...), "-")
}

// Child returns the options of a child: its parent and provider, then what it
// needs besides.
func (b *Builder[A]) Child(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return b.ChildAt(b.Scope.Place, more...)
}

// ChildAt is Child for the few resources that a component declares elsewhere.
func (b *Builder[A]) ChildAt(place scope.Place, more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.parent), pulumi.Provider(place.Provider)}, more...)
}

// After makes a child wait for other resources.
func After(resources ...pulumi.Resource) pulumi.ResourceOption { return pulumi.DependsOn(resources) }

// New declares a component: check, register, build, register outputs. R is its
// reference, which New completes before anybody gets it.
func New[A Args, R any](ctx *pulumi.Context, kind, name string, args A, opts []pulumi.ResourceOption, build func(*Builder[A]) (R, error)) (R, error) {
	made, err := declare(ctx, kind, name, args, opts, build)
	if err != nil {
		var none R
		return none, fmt.Errorf("%s %s: %w", kind[strings.LastIndex(kind, ":")+1:], name, err)
	}
	return made, nil
}

func declare[A Args, R any](ctx *pulumi.Context, kind, name string, args A, opts []pulumi.ResourceOption, build func(*Builder[A]) (R, error)) (made R, err error) {
	if err := args.Check(); err != nil {
		return made, err
	}
	parent := &pulumi.ResourceState{}
	if err := ctx.RegisterComponentResource(kind, name, parent, opts...); err != nil {
		return made, err
	}
	if made, err = build(&Builder[A]{Ctx: ctx, Name: name, Args: args, Scope: args.Where(), parent: parent}); err != nil {
		return made, err
	}
	outputs, err := ref.Export(made)
	if err != nil {
		return made, err
	}
	return made, ctx.RegisterResourceOutputs(parent, outputs)
}
