package tenant_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	awssdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/column/aws"
	"tenant-runtime/components/database"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/site"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/tenant"
	"tenant-runtime/components/value"
	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/tests/identitytest"
	"tenant-runtime/tests/scopetest"
)

const (
	bucketType = "aws:s3/bucketV2:BucketV2"
	keyType    = "aws:kms/key:Key"
	policyType = "aws:iam/policy:Policy"
	roleType   = "aws:iam/role:Role"
	secretType = "aws:secretsmanager/secret:Secret"
)

// program declares stores of a cell or of the tenant's own, without firewalls, and
// one tenant.
func program(j regions.Jurisdiction, mode tenant.Isolation, change func(*tenant.Args)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(regions.AWS, j))
		if err != nil {
			return err
		}
		owner, of := "cell", s.For("acme")
		switch mode {
		case tenant.Silo:
			s.Cell, s.Tenant, of.Cell = "acme", "acme", "acme"
		case tenant.Bridge:
			owner, s = "acme", of
		}
		args, err := declare(ctx, owner, s)
		if err != nil {
			return err
		}
		args.Isolation, args.Home.Scope = mode, of
		if args.Recovery != nil {
			args.Recovery.Scope = of.At(args.Recovery.Scope.Place)
		}
		if change != nil {
			change(&args)
		}
		_, err = aws.Column.Tenant(ctx, "acme", args)
		return err
	}
}

// declare declares where the tenant's data is, with a recovery region where the
// jurisdiction has one.
func declare(ctx *pulumi.Context, owner string, s scope.Scope) (args tenant.Args, err error) {
	if args.Home, err = sited(ctx, owner, s, keys.Database, keys.Storage, keys.Logs, keys.Secrets); err != nil {
		return args, err
	}
	if partner, ok := scopetest.Partner(s.Place.Region); ok {
		p, err := awssdk.NewProvider(ctx, "away", &awssdk.ProviderArgs{Region: pulumi.String(partner.ID), AllowedAccountIds: pulumi.ToStringArray([]string{string(s.Account)})})
		if err != nil {
			return args, err
		}
		there, err := sited(ctx, owner+"-copies", s.At(scope.Place{Region: partner, Provider: p}), keys.Copies, keys.Secrets)
		if err != nil {
			return args, err
		}
		args.Recovery = &there
	}
	if args.Network, err = net(ctx, s); err != nil {
		return args, err
	}
	if args.Storage, err = aws.Column.Storage(ctx, owner, storage.Args{Scope: s, Keys: args.Home.Keys, Purposes: []storage.Purpose{storage.Logs, storage.Attachments}}); err != nil {
		return args, err
	}
	args.Database, err = aws.Column.Database(ctx, owner, database.Args{
		Home: args.Home, Recovery: args.Recovery, LogKey: args.Home.Keys.Of(keys.Logs), Network: args.Network, Size: database.Medium,
	})
	return args, err
}

func sited(ctx *pulumi.Context, name string, s scope.Scope, purposes ...keys.Purpose) (made site.Site, err error) {
	topic, err := sns.NewTopic(ctx, name+"-alarms", &sns.TopicArgs{}, pulumi.Provider(s.Place.Provider))
	if err != nil {
		return made, err
	}
	k, err := aws.Column.Keys(ctx, name, keys.Args{Scope: s, Purposes: purposes})
	return site.Site{Scope: s, Keys: k, Alarms: monitoring.Ref{Topic: topic.Arn}}, err
}

func net(ctx *pulumi.Context, s scope.Scope) (network.Ref, error) {
	vpc, err := ec2.NewVpc(ctx, "vpc", &ec2.VpcArgs{CidrBlock: pulumi.String("10.0.0.0/16")}, pulumi.Provider(s.Place.Provider))
	if err != nil {
		return network.Ref{}, err
	}
	n := &network.AWS{VPC: vpc.ID().ToStringOutput(), Subnets: map[scope.Zone][]pulumi.StringOutput{}}
	for i, az := range s.Place.Region.Zones[:3] {
		subnet, err := ec2.NewSubnet(ctx, az, &ec2.SubnetArgs{VpcId: vpc.ID(), CidrBlock: pulumi.Sprintf("10.0.%d.0/24", i), AvailabilityZone: pulumi.String(az)}, pulumi.Provider(s.Place.Provider))
		if err != nil {
			return network.Ref{}, err
		}
		n.Subnets[scope.Data] = append(n.Subnets[scope.Data], subnet.ID().ToStringOutput())
	}
	group, err := ec2.NewSecurityGroup(ctx, "workloads", &ec2.SecurityGroupArgs{VpcId: vpc.ID()}, pulumi.Provider(s.Place.Provider))
	if err != nil {
		return network.Ref{}, err
	}
	n.Workloads = group.ID().ToStringOutput()
	return network.Ref{AWS: n}, nil
}

// find finds a resource of the tenant's component, or else of any other.
func find(t *testing.T, plan *mock.Plan, kind, name string) mock.Resource {
	for _, r := range plan.Of(kind) {
		if r.Name == name && r.Parent.Type() == tenant.Type {
			return r
		}
	}
	r, ok := plan.Find(kind, name)
	require.True(t, ok, "no %s %s", kind, name)
	return r
}

// What a tenant has of its own, by mode of isolation (TEN-01, TEN-07).
func TestWhatIsTheTenantsOwn(t *testing.T) {
	for mode, own := range map[tenant.Isolation][]string{
		tenant.Bridge: {roleType, secretType},
		tenant.Pool:   {"aws:s3/accessPoint:AccessPoint", roleType, secretType},
		tenant.Silo:   {roleType, secretType},
	} {
		t.Run(string(mode), func(t *testing.T) {
			plan := mock.Run(t, "ch", nil, program(regions.CH, mode, nil))
			has := map[string]bool{}
			for _, r := range plan.Resources {
				if !r.Custom || !strings.Contains(string(r.URN), "tenant-runtime:tenant:Tenant$") {
					continue
				}
				has[r.Type] = true
				if tags := r.Inputs["tags"]; tags.IsObject() {
					assert.Equal(t, "acme", tags.ObjectValue()["tenant"].StringValue(), r.URN)
				}
			}
			for _, kind := range []string{keyType, bucketType, "aws:rds/instance:Instance", "aws:s3/accessPoint:AccessPoint", roleType, secretType} {
				assert.Equal(t, slices.Contains(own, kind), has[kind], kind)
			}
			secret, encrypting := find(t, plan, secretType, "acme"), "cell-secrets"
			if mode == tenant.Bridge {
				encrypting = "acme-secrets"
			}
			assert.Equal(t, find(t, plan, keyType, encrypting).Outputs["arn"], secret.Inputs["kmsKeyId"], "encrypted with the wrong key")
		})
	}
}

// Only pods of the tenant's namespace become the tenant, and none of them can
// say that it is another one (TEN-04).
func TestWhoBecomesTheTenant(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(regions.CH, tenant.Pool, nil))
	trust, err := identitytest.Parse(find(t, plan, roleType, "acme").Inputs["assumeRolePolicy"].StringValue())
	require.NoError(t, err)
	session := func(edit map[string]string) identitytest.Request {
		context := map[string]string{
			"aws:SourceAccount": "111111111111", "aws:RequestTag/kubernetes-namespace": "acme",
			"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-2:111111111111:cluster/ch",
			"aws:TagKeys":                    "eks-cluster-arn,kubernetes-namespace",
		}
		for k, v := range edit {
			context[k] = v
		}
		return identitytest.Request{Principal: "pods.eks.amazonaws.com", Action: "sts:AssumeRole", Context: context}
	}
	assert.Equal(t, identitytest.Allowed, identitytest.Decide(trust, session(nil)))
	for name, edit := range map[string]map[string]string{
		"another namespace":      {"aws:RequestTag/kubernetes-namespace": "globex"},
		"another account":        {"aws:SourceAccount": "222222222222"},
		"another stack":          {"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-2:111111111111:cluster/eu"},
		"a stack that begins so": {"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-2:111111111111:cluster/ch-test"},
		"brings its own tag":     {"aws:TagKeys": "kubernetes-namespace,tenant"},
		"brings only that tag":   {"aws:TagKeys": "tenant"},
	} {
		assert.Equal(t, identitytest.Silent, identitytest.Decide(trust, session(edit)), name)
	}
}

// What the workload may do with files, secrets and database, and what not.
func TestWhatTheWorkloadMayDo(t *testing.T) {
	for _, mode := range tenant.Isolations {
		t.Run(string(mode), func(t *testing.T) {
			plan := mock.Run(t, "ch", nil, program(regions.CH, mode, nil))
			statements, err := identitytest.Parse(find(t, plan, policyType, "acme").Inputs["policy"].StringValue())
			require.NoError(t, err)
			owner := map[tenant.Isolation]string{tenant.Bridge: "acme"}[mode]
			if owner == "" {
				owner = "cell"
			}
			arn := func(kind, name string) string { return find(t, plan, kind, name).Outputs["arn"].StringValue() }
			bucket, secret, secretsKey := arn(bucketType, owner+"-attachments"), arn(secretType, "acme"), arn(keyType, owner+"-secrets")
			instance := find(t, plan, "aws:rds/instance:Instance", owner).Outputs["resourceId"].StringValue()
			decide := func(action, on string, context map[string]string) identitytest.Decision {
				return identitytest.Decide(statements, identitytest.Request{Action: action, Resource: on, Context: context})
			}
			user := "arn:aws:rds-db:eu-central-2:111111111111:dbuser:" + instance + "/"
			open := map[string]string{"kms:ViaService": "secretsmanager.eu-central-2.amazonaws.com", "kms:EncryptionContext:SecretARN": secret}

			assert.Equal(t, identitytest.Allowed, decide("s3:GetObject", bucket+"/tenants/acme/a.pdf", nil))
			assert.Equal(t, identitytest.Allowed, decide("secretsmanager:GetSecretValue", secret, nil))
			assert.Equal(t, identitytest.Allowed, decide("kms:Decrypt", secretsKey, open))
			assert.Equal(t, identitytest.Allowed, decide("rds-db:connect", user+"tenant_acme", nil))

			assert.Equal(t, identitytest.Silent, decide("s3:GetObject", bucket+"-other/tenants/acme/a.pdf", nil), "another bucket")
			assert.Equal(t, identitytest.Silent, decide("secretsmanager:GetSecretValue", secret+"2", nil), "another secret")
			assert.Equal(t, identitytest.Silent, decide("kms:Decrypt", secretsKey, nil), "outside of Secrets Manager")
			assert.Equal(t, identitytest.Silent, decide("rds-db:connect", user+"tenant_globex", nil), "as another tenant")
			assert.Equal(t, identitytest.Silent, decide("s3:DeleteObjectVersion", bucket+"/tenants/acme/a.pdf", nil), "for good")
			others := map[bool]identitytest.Decision{true: identitytest.Silent, false: identitytest.Allowed}[mode == tenant.Pool]
			assert.Equal(t, others, decide("s3:GetObject", bucket+"/tenants/globex/a.pdf", nil), "another folder")
			list := map[string]string{"s3:prefix": "tenants/globex/"}
			assert.Equal(t, others, decide("s3:ListBucket", bucket, list), "another folder's list")

			boundary := find(t, plan, roleType, "acme").Inputs["permissionsBoundary"]
			assert.Equal(t, find(t, plan, policyType, "acme").Outputs["arn"], boundary)
		})
	}
}

// Nobody but the tenant reads its secret, the operator included.
func TestWhoReadsTheSecret(t *testing.T) {
	plan := mock.Run(t, "ch", nil, program(regions.CH, tenant.Bridge, nil))
	statements, err := identitytest.Parse(find(t, plan, secretType, "acme").Inputs["policy"].StringValue())
	require.NoError(t, err)
	for reader, want := range map[string]identitytest.Decision{"acme": identitytest.Silent, "globex": identitytest.Denied, "shared": identitytest.Denied} {
		got := identitytest.Decide(statements, identitytest.Request{Action: "secretsmanager:GetSecretValue", Context: map[string]string{"aws:PrincipalTag/tenant": reader}})
		assert.Equal(t, want, got, reader)
	}
	assert.Equal(t, identitytest.Denied, identitytest.Decide(statements, identitytest.Request{Action: "secretsmanager:GetSecretValue"}), "without a tag")
}

// Where there is a recovery region, the secret and the keys for copies are there
// too, and the keys are the tenant's own.
func TestRecovery(t *testing.T) {
	plan := mock.Run(t, "eu", nil, program(regions.EU, tenant.Bridge, nil))
	secret := find(t, plan, secretType, "acme")
	replica := secret.Inputs["replicas"].ArrayValue()[0].ObjectValue()
	assert.Equal(t, find(t, plan, keyType, "acme-copies-secrets").Outputs["arn"], replica["kmsKeyId"])
	assert.NotContains(t, secret.Inputs["name"].StringValue(), replica["region"].StringValue(), "a rebuilt region needs the name that the replica has")
}

func TestSameArgumentsSamePlan(t *testing.T) {
	inputs := func() (all []string) {
		for _, r := range mock.Run(t, "ch", nil, program(regions.CH, tenant.Pool, nil)).Resources {
			all = append(all, fmt.Sprint(r.URN, r.Inputs.Mappable()))
		}
		return all
	}
	assert.Equal(t, inputs(), inputs())
}

func TestArgsAreChecked(t *testing.T) {
	for name, c := range map[string]struct {
		mode tenant.Isolation
		edit func(*tenant.Args)
		want string
	}{
		"shared":             {tenant.Pool, func(a *tenant.Args) { a.Home.Scope.Tenant = value.Shared }, "give it the tenant's name"},
		"no mode":            {tenant.Pool, func(a *tenant.Args) { a.Isolation = "" }, `isolation "" is none of`},
		"no database":        {tenant.Pool, func(a *tenant.Args) { a.Database = database.Ref{} }, "no database is given"},
		"no files":           {tenant.Pool, func(a *tenant.Args) { delete(a.Storage, storage.Attachments) }, `there is no store for "attachments"`},
		"no key":             {tenant.Silo, func(a *tenant.Args) { delete(a.Home.Keys, keys.Secrets) }, `there is no key for "secrets"`},
		"a silo that shares": {tenant.Silo, func(a *tenant.Args) { a.Home.Scope.Cell = value.Shared }, `does not go with the cell of "shared"`},
		"a guest in a silo":  {tenant.Pool, func(a *tenant.Args) { a.Home.Scope.Cell = "acme" }, `does not go with the cell of "acme"`},
		"copies to nowhere":  {tenant.Pool, func(a *tenant.Args) { here := a.Home; a.Recovery = &here }, "is the home region"},
		"nobody is told":     {tenant.Pool, func(a *tenant.Args) { a.Home.Alarms = monitoring.Ref{} }, "no alarms are given"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mock.Try(t, "ch", nil, program(regions.CH, c.mode, c.edit))
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestIsolationParsesItself(t *testing.T) {
	var i tenant.Isolation
	require.NoError(t, i.UnmarshalText([]byte("bridge")))
	assert.Equal(t, tenant.Bridge, i)
	assert.ErrorContains(t, i.UnmarshalText([]byte("Pool")), "use silo, bridge or pool")
}
