// Package mock runs a Pulumi program against a simulated world without an engine,
// for tests of components.
//
// It promises to refuse what the SDK's own mocks accept: two resources of one
// name, resources without an explicit provider, and references to stacks that are
// not there. What a program declared comes back as a Plan, in an order that does
// not change.
package mock

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/clouds"
	"tenant-runtime/rehearsal/sim/schema"
)

// Project is the project of every mocked program.
const Project = "tenant-runtime"

// FullName is the name by which a program refers to a stack. It is that of a
// backend without organizations, such as a rehearsal's.
func FullName(stack string) string { return "organization/" + Project + "/" + stack }

// Plan is what a program declared for a stack.
type Plan struct {
	Stack     string
	Resources []Resource           // ordered by URN
	Outputs   resource.PropertyMap // what it exports
	Reads     []string             // full names of the stacks it refers to, sorted
	World     *sim.World           // what it and those beside it left standing
}

// Resource is one registration.
type Resource struct {
	Type, Name, ID       string
	URN, Parent          resource.URN
	Provider             resource.URN // empty for components and providers
	Custom               bool
	Inputs, Outputs      resource.PropertyMap
	Dependencies         []resource.URN
	PropertyDependencies map[string][]resource.URN
	Request              *pulumirpc.RegisterResourceRequest // everything else: protect, aliases, ignoreChanges...
}

// Of returns the resources of a type.
func (p *Plan) Of(typ string) []Resource {
	return slices.DeleteFunc(slices.Clone(p.Resources), func(r Resource) bool { return r.Type != typ })
}

// Find returns the resource of a type and name.
func (p *Plan) Find(typ, name string) (Resource, bool) {
	for _, r := range p.Of(typ) {
		if r.Name == name {
			return r, true
		}
	}
	return Resource{}, false
}

// Run runs a program for a stack; the test fails if the program does. Pulumi's
// configuration is given as for the SDK, keys with their namespace.
//
// Others are stacks whose outputs the program may read. It runs in their world, or
// in a new one if there are none.
func Run(t testing.TB, stack string, config map[string]string, program pulumi.RunFunc, others ...*Plan) *Plan {
	t.Helper()
	plan, err := Try(t, stack, config, program, others...)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Try is Run for programs that are to fail.
func Try(t testing.TB, stack string, config map[string]string, program pulumi.RunFunc, others ...*Plan) (*Plan, error) {
	t.Helper()
	for _, other := range others {
		if other.World != nil {
			return In(other.World, stack, config, program, others...)
		}
	}
	world, err := clouds.Open(filepath.Join(t.TempDir(), "world"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = world.Close() })
	return In(world, stack, config, program, others...)
}

// In runs a program in a world that may hold something already.
func In(world *sim.World, stack string, config map[string]string, program pulumi.RunFunc, others ...*Plan) (*Plan, error) {
	m := &monitor{world: world, plan: Plan{Stack: stack, World: world}, others: map[string]*Plan{},
		seen: map[resource.URN]bool{}, configs: map[resource.URN]sim.Config{}}
	for _, other := range others {
		m.others[FullName(other.Stack)] = other
	}
	err := pulumi.RunErr(handingIn(program), pulumi.WithMocks(Project, stack, m), func(info *pulumi.RunInfo) { info.Config = config })
	slices.SortFunc(m.plan.Resources, func(a, b Resource) int { return strings.Compare(string(a.URN), string(b.URN)) })
	slices.Sort(m.plan.Reads)
	return &m.plan, err
}

// exportsType is the type of a resource that exists between the SDK and the monitor
// only.
const exportsType = "mock:index:Exports"

// handingIn makes a program hand its exports to the monitor as the inputs of a last
// resource. The SDK's mocks resolve outputs for inputs alone and keep secrets there;
// what RegisterResourceOutputs is given they drop (sdk/v3 go/pulumi/mocks.go, v3.276.0).
func handingIn(program pulumi.RunFunc) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		if err := program(ctx); err != nil {
			return err
		}
		return ctx.RegisterResource(exportsType, "exports", pulumi.Map(ctx.GetCurrentExportMap()), &pulumi.ResourceState{})
	}
}

// monitor stands in for the engine. The SDK registers resources from many
// goroutines at once.
type monitor struct {
	world  *sim.World
	others map[string]*Plan // by full name

	mu      sync.Mutex
	plan    Plan
	seen    map[resource.URN]bool
	configs map[resource.URN]sim.Config // of providers
}

// Call refuses all invokes.
func (m *monitor) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	return nil, fmt.Errorf("%s is not simulated: components take regions and accounts from their scope, not from data sources", args.Token)
}

// NewResource registers a component, a provider, or a resource of a cloud.
func (m *monitor) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	switch {
	case args.TypeToken == exportsType:
		return "", nil, m.export(args)
	case args.TypeToken == referenceType:
		return m.refer(args)
	case args.RegisterRPC == nil:
		return "", nil, fmt.Errorf("%s %s is read: programs read nothing but other stacks", args.TypeToken, args.Name)
	}
	r := m.registration(args)
	m.mu.Lock()
	twice := m.seen[r.URN]
	m.seen[r.URN] = true
	m.mu.Unlock()
	if twice {
		return "", nil, fmt.Errorf("%s is declared twice", r.URN)
	}
	var err error
	switch pkg, isProvider := strings.CutPrefix(r.Type, "pulumi:providers:"); {
	case isProvider:
		err = m.provide(&r, pkg)
	case r.Custom:
		err = m.create(&r)
	}
	if err != nil {
		return "", nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.plan.Resources = append(m.plan.Resources, r)
	return r.ID, r.Outputs, nil
}

// export keeps what the program exports. Nothing is unknown at the end of a run,
// except what was never set: the SDK takes a zero Output for one that is still to
// come, and whoever reads it would wait for ever.
func (m *monitor) export(args pulumi.MockResourceArgs) error {
	exports, err := plugin.UnmarshalProperties(args.RegisterRPC.GetObject(), plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(exports)) {
		if exports[name].ContainsUnknowns() {
			return fmt.Errorf("stack %s exports %s, which is not known when it is up", m.plan.Stack, name)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.plan.Outputs = exports
	return nil
}

const referenceType = "pulumi:pulumi:StackReference"

// refer reads another stack's outputs, as the engine does (pkg/v3
// resource/deploy/builtins.go, v3.276.0). The SDK hands a program nil for an output
// that is not among them; that it is missing must be the program's own complaint.
func (m *monitor) refer(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	name := args.Inputs["name"]
	if args.ReadRPC == nil || !name.IsString() {
		return "", nil, fmt.Errorf("stack reference %s does not say which stack it reads", args.Name)
	}
	other := m.others[name.StringValue()]
	if other == nil {
		return "", nil, fmt.Errorf("unknown stack %q; there is %s", name.StringValue(), strings.Join(slices.Sorted(maps.Keys(m.others)), ", "))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !slices.Contains(m.plan.Reads, name.StringValue()) {
		m.plan.Reads = append(m.plan.Reads, name.StringValue())
	}
	var secret []resource.PropertyValue
	for _, key := range slices.Sorted(maps.Keys(other.Outputs)) {
		if other.Outputs[key].ContainsSecrets() {
			secret = append(secret, resource.NewProperty(string(key)))
		}
	}
	return args.ID, resource.PropertyMap{
		"name": name, "outputs": resource.NewProperty(other.Outputs), "secretOutputNames": resource.NewProperty(secret),
	}, nil
}

func (m *monitor) registration(args pulumi.MockResourceArgs) Resource {
	rpc := args.RegisterRPC
	parent := resource.URN(rpc.GetParent())
	parentType := parent
	r := Resource{Type: args.TypeToken, Name: args.Name, Parent: parent, Custom: args.Custom, Inputs: args.Inputs, Outputs: resource.PropertyMap{},
		Request: rpc, PropertyDependencies: map[string][]resource.URN{}}
	qualified := ""
	if parentType != "" && parentType.QualifiedType() != resource.RootStackType {
		qualified = string(parentType.QualifiedType()) + "$"
	}
	r.URN = resource.URN(fmt.Sprintf("urn:pulumi:%s::%s::%s%s::%s", m.plan.Stack, Project, qualified, r.Type, r.Name))
	if urn, _, ok := cutLast(args.Provider, "::"); ok {
		r.Provider = resource.URN(urn)
	}
	r.Dependencies = urns(rpc.GetDependencies())
	for property, on := range rpc.GetPropertyDependencies() {
		if len(on.GetUrns()) > 0 {
			r.PropertyDependencies[property] = urns(on.GetUrns())
		}
	}
	return r
}

func (m *monitor) provide(r *Resource, pkg string) error {
	config, err := m.world.Configure(pkg, r.Inputs)
	if err != nil {
		return err
	}
	r.ID, r.Outputs = "provider-"+r.Name, r.Inputs
	m.mu.Lock()
	defer m.mu.Unlock()
	m.configs[r.URN] = config
	return nil
}

func (m *monitor) create(r *Resource) error {
	m.mu.Lock()
	config, ok := m.configs[r.Provider]
	m.mu.Unlock()
	switch {
	case r.Provider == "":
		return fmt.Errorf("%s has no explicit provider", r.URN)
	case !ok:
		return fmt.Errorf("%s: provider %s was not declared by this program", r.URN, r.Provider)
	}
	inputs, problems := m.world.Check(config, r.URN, nil, r.Inputs)
	if len(problems) > 0 {
		return fmt.Errorf("%s: %s", r.URN, lines(problems))
	}
	var err error
	r.ID, r.Outputs, err = m.world.Create(config, r.URN, inputs)
	return err
}

func lines(problems []schema.Problem) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.String())
	}
	return strings.Join(all, "; ")
}

func urns(texts []string) []resource.URN {
	var all []resource.URN
	for _, t := range texts {
		all = append(all, resource.URN(t))
	}
	slices.Sort(all)
	return all
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
