package mock_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim/mock"
)

type provider struct{ pulumi.ProviderResourceState }

type thing struct {
	pulumi.CustomResourceState
	Arn   pulumi.StringOutput `pulumi:"arn"`
	KeyId pulumi.StringOutput `pulumi:"keyId"`
}

type group struct{ pulumi.ResourceState }

const (
	keyType   = "aws:kms/key:Key"
	aliasType = "aws:kms/alias:Alias"
)

func aws(ctx *pulumi.Context, name, region string) (*provider, error) {
	p := &provider{}
	return p, ctx.RegisterResource("pulumi:providers:aws", name, pulumi.Map{
		"region": pulumi.String(region), "allowedAccountIds": pulumi.StringArray{pulumi.String("111111111111")},
		"defaultTags": pulumi.Map{"tags": pulumi.StringMap{"owner": pulumi.String("platform")}},
	}, p)
}

func declare(ctx *pulumi.Context, typ, name string, props pulumi.Map, opts ...pulumi.ResourceOption) (*thing, error) {
	r := &thing{}
	return r, ctx.RegisterResource(typ, name, props, r, opts...)
}

func TestPlanSaysWhatWasDeclared(t *testing.T) {
	plan := mock.Run(t, "eu", nil, func(ctx *pulumi.Context) error {
		p, err := aws(ctx, "home", "eu-central-1")
		if err != nil {
			return err
		}
		g := &group{}
		if err := ctx.RegisterComponentResource("tenant-runtime:keys:Keys", "keys", g); err != nil {
			return err
		}
		key, err := declare(ctx, keyType, "k", pulumi.Map{"tags": pulumi.StringMap{"a": pulumi.String("b")}}, pulumi.Parent(g), pulumi.Provider(p), pulumi.Protect(true))
		if err != nil {
			return err
		}
		_, err = declare(ctx, aliasType, "k", pulumi.Map{"name": pulumi.String("alias/k"), "targetKeyId": key.KeyId}, pulumi.Parent(g), pulumi.Provider(p))
		ctx.Export("arn", key.Arn)
		return err
	})
	require.Len(t, plan.Resources, 4)
	key, ok := plan.Find(keyType, "k")
	require.True(t, ok)
	assert.EqualValues(t, "urn:pulumi:eu::tenant-runtime::tenant-runtime:keys:Keys$aws:kms/key:Key::k", key.URN)
	assert.EqualValues(t, "urn:pulumi:eu::tenant-runtime::tenant-runtime:keys:Keys::keys", key.Parent)
	assert.EqualValues(t, "urn:pulumi:eu::tenant-runtime::pulumi:providers:aws::home", key.Provider)
	assert.True(t, key.Request.GetProtect())
	assert.Equal(t, "arn:aws:kms:eu-central-1:111111111111:key/"+key.ID, key.Outputs["arn"].StringValue())
	assert.Equal(t, map[string]any{"a": "b", "owner": "platform"}, key.Outputs["tagsAll"].ObjectValue().Mappable())
	alias, ok := plan.Find(aliasType, "k")
	require.True(t, ok)
	assert.Equal(t, key.ID, alias.Inputs["targetKeyId"].StringValue())
	assert.Contains(t, alias.Dependencies, key.URN)
	assert.Contains(t, alias.PropertyDependencies["targetKeyId"], key.URN)
	assert.Len(t, plan.World.Resources(nil), 2)
}

func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		program func(*pulumi.Context, *provider) error
		want    string
	}{
		"a second resource of a name": {func(ctx *pulumi.Context, p *provider) error {
			if _, err := declare(ctx, keyType, "k", pulumi.Map{}, pulumi.Provider(p)); err != nil {
				return err
			}
			_, err := declare(ctx, keyType, "k", pulumi.Map{}, pulumi.Provider(p))
			return err
		}, "declared twice"},
		"no explicit provider": {func(ctx *pulumi.Context, _ *provider) error {
			_, err := declare(ctx, keyType, "k", pulumi.Map{})
			return err
		}, "has no explicit provider"},
		"a kind without a row": {func(ctx *pulumi.Context, p *provider) error {
			_, err := declare(ctx, "aws:foo/bar:Bar", "b", pulumi.Map{}, pulumi.Provider(p))
			return err
		}, "no simulated kind aws:foo/bar:Bar: add a row to rehearsal/sim/aws/foo.go"},
		"an unknown property": {func(ctx *pulumi.Context, p *provider) error {
			_, err := declare(ctx, keyType, "k", pulumi.Map{"descripton": pulumi.String("")}, pulumi.Provider(p))
			return err
		}, "descripton: no such property"},
		"an invoke": {func(ctx *pulumi.Context, p *provider) error {
			return ctx.Invoke("aws:index/getCallerIdentity:getCallerIdentity", pulumi.Map{}, &struct{}{}, pulumi.Provider(p))
		}, "is not simulated"},
		"a read": {func(ctx *pulumi.Context, p *provider) error {
			return ctx.ReadResource(keyType, "k", pulumi.ID("k"), nil, &thing{}, pulumi.Provider(p))
		}, "programs read nothing but other stacks"},
		"an export that nobody sets": {func(ctx *pulumi.Context, p *provider) error {
			ctx.Export("keys", pulumi.StringMap{"storage": pulumi.StringOutput{}})
			return nil
		}, "stack eu exports keys, which is not known when it is up"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mock.Try(t, "eu", nil, func(ctx *pulumi.Context) error {
				p, err := aws(ctx, "home", "eu-central-1")
				if err != nil {
					return err
				}
				return c.program(ctx, p)
			})
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestAStackReadsWhatAnotherExports(t *testing.T) {
	cell := mock.Run(t, "eu", nil, func(ctx *pulumi.Context) error {
		p, err := aws(ctx, "home", "eu-central-1")
		if err != nil {
			return err
		}
		key, err := declare(ctx, keyType, "k", pulumi.Map{}, pulumi.Provider(p))
		if err != nil {
			return err
		}
		ctx.Export("keys", pulumi.Map{"storage": key.KeyId})
		ctx.Export("token", pulumi.ToSecret(pulumi.String("t")))
		return nil
	})
	tenants := func(ctx *pulumi.Context) error {
		p, err := aws(ctx, "home", "eu-central-1")
		if err != nil {
			return err
		}
		eu, err := pulumi.NewStackReference(ctx, mock.FullName("eu"), nil)
		if err != nil {
			return err
		}
		token, err := eu.GetOutputDetails("token")
		if err != nil {
			return err
		}
		assert.Equal(t, "t", token.SecretValue)
		keyID := eu.GetOutput(pulumi.String("keys")).ApplyT(func(v any) string { return v.(map[string]any)["storage"].(string) })
		_, err = declare(ctx, aliasType, "k", pulumi.Map{"name": pulumi.String("alias/k"), "targetKeyId": keyID}, pulumi.Provider(p))
		return err
	}
	plan := mock.Run(t, "eu-tenants-a", nil, tenants, cell)
	assert.Equal(t, []string{"organization/tenant-runtime/eu"}, plan.Reads)
	assert.Len(t, plan.Resources, 2, "what is read is not declared")
	alias, ok := plan.Find(aliasType, "k")
	require.True(t, ok)
	assert.Equal(t, cell.Outputs["keys"].ObjectValue()["storage"], alias.Inputs["targetKeyId"])
	assert.Len(t, plan.World.Resources(nil), 2, "of both stacks: the key exists where the alias looks for it")

	_, err := mock.Try(t, "us-tenants-a", nil, tenants, mock.Run(t, "us", nil, func(*pulumi.Context) error { return nil }))
	assert.ErrorContains(t, err, `unknown stack "organization/tenant-runtime/eu"; there is organization/tenant-runtime/us`)
}

func TestSameProgramSamePlan(t *testing.T) {
	program := func(ctx *pulumi.Context) error {
		p, err := aws(ctx, "home", "eu-central-1")
		if err != nil {
			return err
		}
		for _, name := range []string{"a", "b", "c", "d"} {
			if _, err := declare(ctx, keyType, name, pulumi.Map{}, pulumi.Provider(p)); err != nil {
				return err
			}
		}
		return nil
	}
	ids := func() (all []string) {
		for _, r := range mock.Run(t, "eu", nil, program).Resources {
			all = append(all, r.Name+" "+r.ID)
		}
		return all
	}
	assert.Equal(t, ids(), ids())
}
