package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/network"
)

// services are reached through interfaces in our own subnets (NET-15): the
// platform's in the management zone, those of backups in theirs (NET-11).
var services = []struct {
	name    string
	actions string
	tier    network.Tier
	group   string
}{
	{"kms", "kms:*", network.Management, endpoints},
	{"secretsmanager", "secretsmanager:*", network.Management, endpoints},
	{"logs", "logs:*", network.Management, endpoints},
	{"monitoring", "cloudwatch:*", network.Management, endpoints},
	{"sts", "sts:*", network.Management, endpoints}, // also because opt-in regions refuse the global endpoint's tokens
	{"ecr.api", "ecr:*", network.Management, endpoints},
	{"ecr.dkr", "ecr:*", network.Management, endpoints},
	{"ssm", "ssm:*", network.Management, endpoints},
	{"ssmmessages", "ssmmessages:*", network.Management, endpoints},
	{"backup", "backup:*", network.Backup, vaults},
	{"ebs", "ebs:*", network.Backup, vaults},
	{"s3", "s3:*", network.Backup, vaults},
}

func (b *builder) buildEndpoints() error {
	for _, service := range services {
		subnets := pulumi.StringArray{}
		for _, subnet := range b.subnets[service.tier] {
			subnets = append(subnets, subnet.ID())
		}
		_, err := ec2.NewVpcEndpoint(b.Ctx, b.Named(string(service.tier), service.name), &ec2.VpcEndpointArgs{
			VpcId:            b.vpc.ID(),
			ServiceName:      pulumi.String(b.serviceName(service.name)),
			VpcEndpointType:  pulumi.String("Interface"),
			SubnetIds:        subnets,
			SecurityGroupIds: pulumi.StringArray{b.groups[service.group].ID()},
			// S3's common name keeps leading to the gateway endpoint below; backup
			// agents use the interface's own name.
			PrivateDnsEnabled: pulumi.Bool(service.name != "s3"),
			Policy:            b.endpointPolicy(service.actions).Filter(),
			Tags:              b.tags(service.tier, string(service.tier), service.name),
		}, b.Child()...)
		if err != nil {
			return err
		}
	}
	tables := pulumi.StringArray{}
	for _, t := range b.tables[network.App] {
		tables = append(tables, t.ID())
	}
	_, err := ec2.NewVpcEndpoint(b.Ctx, b.Named("app", "s3"), &ec2.VpcEndpointArgs{
		VpcId:           b.vpc.ID(),
		ServiceName:     pulumi.String(b.serviceName("s3")),
		VpcEndpointType: pulumi.String("Gateway"),
		RouteTableIds:   tables,
		Policy:          append(b.endpointPolicy("s3:*"), b.imageLayers()).Filter(),
		Tags:            b.tags(network.App, "app", "s3"),
	}, b.Child()...)
	return err
}

func (b *builder) serviceName(service string) string {
	return fmt.Sprintf("com.amazonaws.%s.%s", b.Scope.Place.Region.ID, service)
}

// endpointPolicy lets our own principals reach our own resources, so that stolen
// data cannot leave for somebody else's account through an endpoint.
func (b *builder) endpointPolicy(actions string) identity.Document {
	ours := map[string]pulumi.StringArrayInput{
		"aws:PrincipalAccount": identity.Strings(b.Scope.Account),
		"aws:ResourceAccount":  identity.Strings(b.Scope.Account),
	}
	if actions == "ebs:*" { // its requests do not carry the key (IAM guide, "aws:ResourceAccount", read November 2026)
		delete(ours, "aws:ResourceAccount")
	}
	return identity.Document{{
		Sid: "OursOnly", Actions: []string{actions}, Resources: identity.Strings("*"),
		Condition: identity.Condition{"StringEquals": ours},
	}}
}

// imageLayers is the exception that pulling images needs: the registry keeps
// layers in a bucket of its own account and hands out signed links to it.
func (b *builder) imageLayers() identity.Statement {
	return identity.Statement{
		Sid: "ImageLayers", Actions: []string{"s3:GetObject"},
		Resources: identity.Strings(fmt.Sprintf("arn:aws:s3:::prod-%s-starport-layer-bucket/*", b.Scope.Place.Region.ID)),
	}
}
