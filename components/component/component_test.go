package component_test

import (
	"errors"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/emptypb"

	"tenant-runtime/components/component"
	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/scopetest"
)

const (
	kind     = "tenant-runtime:test:Test"
	keyType  = "aws:kms/key:Key"
	urnOfOne = resource.URN("urn:pulumi:test::tenant-runtime::" + kind + "::one")
)

type args struct {
	Scope scope.Scope
	Wrong error
}

func (a args) Check() error       { return a.Wrong }
func (a args) Where() scope.Scope { return a.Scope.In(scope.Data) }

type made struct {
	Key  pulumi.StringOutput
	Name string
}

type key struct {
	pulumi.CustomResourceState
	ARN pulumi.StringOutput `pulumi:"arn"`
}

// declare declares a component called "one". The body gets to say what it is made of.
func declare(t *testing.T, wrong error, build func(b *component.Builder[args]) (made, error)) (got made, plan *mock.Plan, err error) {
	plan, err = mock.Try(t, "test", nil, func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(regions.AWS, regions.EU))
		if err != nil {
			return err
		}
		got, err = component.New(ctx, kind, "one", args{s, wrong}, nil, build)
		return err
	})
	return got, plan, err
}

func withKey(b *component.Builder[args]) (made, error) {
	k := &key{}
	err := b.Ctx.RegisterResource(keyType, b.Named("data", "key"), pulumi.Map{}, k, b.Child()...)
	return made{k.ARN, b.Name}, err
}

func TestAChildHasItsParentAndItsProvider(t *testing.T) {
	got, plan, err := declare(t, nil, withKey)
	require.NoError(t, err)
	assert.Equal(t, "one", got.Name)
	child, ok := plan.Find(keyType, "one-data-key")
	require.True(t, ok, "a child is called like its component and the parts")
	assert.Equal(t, urnOfOne, child.Parent)
	assert.Equal(t, resource.URN("urn:pulumi:test::tenant-runtime::pulumi:providers:aws::home"), child.Provider)
	_, ok = plan.Find(kind, "one")
	assert.True(t, ok)
}

func TestAChildMayWaitAndLieElsewhere(t *testing.T) {
	_, plan, err := declare(t, nil, func(b *component.Builder[args]) (made, error) {
		first, second := &key{}, &key{}
		if err := b.Ctx.RegisterResource(keyType, b.Named("first"), pulumi.Map{}, first, b.Child()...); err != nil {
			return made{}, err
		}
		there := &pulumi.ProviderResourceState{}
		if err := b.Ctx.RegisterResource("pulumi:providers:aws", "there", pulumi.Map{
			"region": pulumi.String("eu-west-1"), "allowedAccountIds": pulumi.ToStringArray([]string{string(scopetest.Account.AWS)}),
		}, there); err != nil {
			return made{}, err
		}
		place := scope.Place{Region: b.Scope.Place.Region, Provider: there}
		err := b.Ctx.RegisterResource(keyType, b.Named("second"), pulumi.Map{}, second, b.ChildAt(place, component.After(first))...)
		return made{second.ARN, b.Name}, err
	})
	require.NoError(t, err)
	first, _ := plan.Find(keyType, "one-first")
	second, _ := plan.Find(keyType, "one-second")
	assert.Equal(t, "there", second.Provider.Name())
	assert.Equal(t, urnOfOne, second.Parent)
	assert.Contains(t, second.Dependencies, first.URN)
}

func TestTheBodyIsGivenWhereItIs(t *testing.T) {
	_, _, err := declare(t, nil, func(b *component.Builder[args]) (made, error) {
		assert.Equal(t, scope.Data, b.Scope.Zone, "Args.Where")
		assert.Equal(t, scope.Management, b.Args.Scope.Zone)
		return withKey(b)
	})
	assert.NoError(t, err)
}

func TestOutputsAreComplete(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(*made)
		want string
	}{
		"complete":             {func(*made) {}, ""},
		"an output never set":  {func(m *made) { m.Key = pulumi.StringOutput{} }, "Test one: key is not set"},
		"a text that is empty": {func(m *made) { m.Name = "" }, "Test one: name is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _, err := declare(t, nil, func(b *component.Builder[args]) (made, error) {
				m, err := withKey(b)
				c.edit(&m)
				return m, err
			})
			if c.want == "" {
				require.NoError(t, err)
				assert.Equal(t, "one", got.Name)
				return
			}
			assert.ErrorContains(t, err, c.want)
			assert.Zero(t, got, "who ignores the error has nothing in his hands")
		})
	}
}

// registrar counts what the SDK's mocks otherwise drop.
type registrar struct{ registered int }

func (*registrar) NewResource(pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	return "", resource.PropertyMap{}, nil
}

func (*registrar) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

func (r *registrar) RegisterResourceOutputs() (*emptypb.Empty, error) {
	r.registered++
	return &emptypb.Empty{}, nil
}

// Without outputs the engine shows a component as never finished.
func TestOutputsAreRegistered(t *testing.T) {
	registered := func(program pulumi.RunFunc) int {
		r := &registrar{}
		require.NoError(t, pulumi.RunErr(program, pulumi.WithMocks(mock.Project, "test", r)))
		return r.registered
	}
	stack := registered(func(*pulumi.Context) error { return nil })
	assert.Equal(t, stack+1, registered(func(ctx *pulumi.Context) error {
		_, err := component.New(ctx, kind, "one", args{}, nil, func(b *component.Builder[args]) (made, error) {
			return made{pulumi.String("key").ToStringOutput(), b.Name}, nil
		})
		return err
	}), "the stack's own and the component's")
}

func TestErrorsSayWhichComponent(t *testing.T) {
	got, plan, err := declare(t, errors.New("no purpose is given"), func(*component.Builder[args]) (made, error) {
		t.Error("nothing is declared with arguments that are wrong")
		return made{}, nil
	})
	assert.ErrorContains(t, err, "Test one: no purpose is given")
	assert.Zero(t, got)
	assert.Empty(t, plan.Of(kind), "not even the component")

	cause := errors.New("no key")
	got, _, err = declare(t, nil, func(*component.Builder[args]) (made, error) { return made{Name: "half"}, cause })
	assert.ErrorContains(t, err, "Test one: no key")
	assert.ErrorIs(t, err, cause)
	assert.Zero(t, got)
}
