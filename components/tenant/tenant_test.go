package tenant_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/database"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/tenant"
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

// program declares a cell without firewalls, and one tenant in it.
func program(j regions.Jurisdiction, mode tenant.Isolation, change func(*tenant.Args)) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		s, err := scopetest.In(ctx, scopetest.Home(regions.AWS, j))
		if err != nil {
			return err
		}
		cell, err := declare(ctx, &s, mode)
		if err != nil {
			return err
		}
		args := tenant.Args{Scope: s.For("acme").Holding(scope.Customer), Isolation: mode, Cell: cell}
		if change != nil {
			change(&args)
		}
		_, err = tenant.New(ctx, "acme", args)
		return err
	}
}

// declare gives the scope a recovery region where the jurisdiction has one.
func declare(ctx *pulumi.Context, s *scope.Scope, mode tenant.Isolation) (cell tenant.Cell, err error) {
	topic, err := sns.NewTopic(ctx, "alarms", &sns.TopicArgs{}, pulumi.Provider(s.Home.Provider))
	if err != nil {
		return cell, err
	}
	cell.Alarms = topic.Arn
	var copyKey pulumi.StringInput
	if partners := s.Home.Region.Partners(); len(partners) > 0 && partners[0].Cloud == regions.AWS {
		p, err := aws.NewProvider(ctx, "away", &aws.ProviderArgs{Region: pulumi.String(string(partners[0].ID)), AllowedAccountIds: pulumi.ToStringArray([]string{s.Account})})
		if err != nil {
			return cell, err
		}
		s.Recovery = &scope.Place{Region: partners[0], Provider: p}
		if cell.Copies, err = keys.New(ctx, "away", keys.Args{Scope: s.At(*s.Recovery), Purposes: []keys.Purpose{keys.Copies, keys.Secrets}}); err != nil {
			return cell, err
		}
		copyKey = cell.Copies.IDs[keys.Copies]
	}
	if cell.Network, err = net(ctx, *s); err != nil {
		return cell, err
	}
	if cell.Keys, err = keys.New(ctx, "cell", keys.Args{Scope: *s, Purposes: []keys.Purpose{keys.Database, keys.Storage, keys.Logs, keys.Secrets}}); err != nil {
		return cell, err
	}
	if cell.Storage, err = storage.New(ctx, "cell", storage.Args{Scope: *s, Keys: cell.Keys, Purposes: []storage.Purpose{storage.Logs, storage.Attachments}}); err != nil {
		return cell, err
	}
	if mode != tenant.Bridge {
		cell.Database, err = database.New(ctx, "cell", database.Args{
			Scope: *s, Network: cell.Network, Keys: cell.Keys, LogKey: cell.Keys.IDs[keys.Logs], CopyKey: copyKey,
			Alarms: cell.Alarms, Size: database.Medium,
		})
	}
	return cell, err
}

func net(ctx *pulumi.Context, s scope.Scope) (*network.Network, error) {
	vpc, err := ec2.NewVpc(ctx, "vpc", &ec2.VpcArgs{CidrBlock: pulumi.String("10.0.0.0/16")}, pulumi.Provider(s.Home.Provider))
	if err != nil {
		return nil, err
	}
	n := &network.AWS{VPC: vpc.ID().ToStringOutput(), Subnets: map[scope.Zone][]pulumi.StringOutput{}}
	for i, zone := range s.Home.Region.Zones[:3] {
		subnet, err := ec2.NewSubnet(ctx, zone, &ec2.SubnetArgs{VpcId: vpc.ID(), CidrBlock: pulumi.Sprintf("10.0.%d.0/24", i), AvailabilityZone: pulumi.String(zone)}, pulumi.Provider(s.Home.Provider))
		if err != nil {
			return nil, err
		}
		n.Subnets[scope.Data] = append(n.Subnets[scope.Data], subnet.ID().ToStringOutput())
	}
	group, err := ec2.NewSecurityGroup(ctx, "workloads", &ec2.SecurityGroupArgs{VpcId: vpc.ID()}, pulumi.Provider(s.Home.Provider))
	if err != nil {
		return nil, err
	}
	n.Workloads = group.ID().ToStringOutput()
	return &network.Network{AWS: n}, nil
}

func find(t *testing.T, plan *mock.Plan, kind, name string) mock.Resource {
	r, ok := plan.Find(kind, name)
	require.True(t, ok, "no %s %s", kind, name)
	return r
}

// What a tenant has of its own, by mode of isolation (TEN-01, TEN-07).
func TestWhatIsTheTenantsOwn(t *testing.T) {
	for mode, own := range map[tenant.Isolation][]string{
		tenant.Bridge: {keyType, bucketType, "aws:rds/instance:Instance", roleType, secretType},
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
			secret, sealing := find(t, plan, secretType, "acme"), "cell-secrets"
			if mode == tenant.Bridge {
				sealing = "acme-secrets"
			}
			assert.Equal(t, find(t, plan, keyType, sealing).Outputs["arn"], secret.Inputs["kmsKeyId"], "sealed with the wrong key")
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
			"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-2:111111111111:cluster/ch-workloads",
			"aws:TagKeys":                    "eks-cluster-arn,kubernetes-namespace",
		}
		for k, v := range edit {
			context[k] = v
		}
		return identitytest.Request{Principal: "pods.eks.amazonaws.com", Action: "sts:AssumeRole", Context: context}
	}
	assert.Equal(t, identitytest.Allowed, identitytest.Decide(trust, session(nil)))
	for name, edit := range map[string]map[string]string{
		"another namespace":    {"aws:RequestTag/kubernetes-namespace": "globex"},
		"another account":      {"aws:SourceAccount": "222222222222"},
		"another stack":        {"aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-2:111111111111:cluster/eu-workloads"},
		"brings its own tag":   {"aws:TagKeys": "kubernetes-namespace,tenant"},
		"brings only that tag": {"aws:TagKeys": "tenant"},
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
		"shared":             {tenant.Pool, func(a *tenant.Args) { a.Scope.Tenant = scope.Shared }, "give it the tenant's name"},
		"no mode":            {tenant.Pool, func(a *tenant.Args) { a.Isolation = "" }, `isolation "" is none of`},
		"no network":         {tenant.Pool, func(a *tenant.Args) { a.Cell.Network = nil }, "cell lacks network"},
		"no database":        {tenant.Pool, func(a *tenant.Args) { a.Cell.Database = nil }, "cell has no database"},
		"no files":           {tenant.Pool, func(a *tenant.Args) { delete(a.Cell.Storage.Names, storage.Attachments) }, `cell's storage lacks "attachments"`},
		"no key":             {tenant.Silo, func(a *tenant.Args) { delete(a.Cell.Keys.IDs, keys.Secrets) }, `cell's keys lack the purpose "secrets"`},
		"no log key":         {tenant.Bridge, func(a *tenant.Args) { delete(a.Cell.Keys.IDs, keys.Logs) }, `cell's keys lack the purpose "logs"`},
		"size of the cell's": {tenant.Pool, func(a *tenant.Args) { a.Size = database.Large }, "Size and Restore are for a database of the tenant's own"},
		"copies to nowhere":  {tenant.Pool, func(a *tenant.Args) { a.Cell.Copies = a.Cell.Keys }, "exactly when the scope has a recovery region"},
		"cloud not built":    {tenant.Pool, func(a *tenant.Args) { a.Scope.Home.Region, _ = regions.Lookup("europe-west6") }, "not built on GCP yet"},
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
