package aws

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/identity"
)

// certificate declares it and validates, by records in the DNS zone, that its hosts
// are ours. The result is its ARN, and resolves when it has been issued.
func (b builder) certificate() (pulumi.StringOutput, error) {
	requested, err := acm.NewCertificate(b.Ctx, b.Name, &acm.CertificateArgs{
		DomainName:              pulumi.String(b.Args.Hosts[0]),
		SubjectAlternativeNames: identity.Strings(b.Args.Hosts[1:]...),
		ValidationMethod:        pulumi.String("DNS"), // renews by itself, as long as the records stand
		KeyAlgorithm:            pulumi.String("EC_prime256v1"),
		Options:                 &acm.CertificateOptionsArgs{CertificateTransparencyLoggingPreference: pulumi.String("ENABLED")},
		Tags:                    b.Scope.Tags(string(b.Args.Hosts[0])),
	}, b.Child()...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	validations := pulumi.StringArray{}
	for _, h := range b.Args.Hosts {
		validation := validationOf(requested, string(h))
		record, err := route53.NewRecord(b.Ctx, b.Named("proof", string(h)), &route53.RecordArgs{
			ZoneId:  pulumi.String(b.Args.DNSZone),
			Name:    validation.ResourceRecordName().Elem(),
			Type:    validation.ResourceRecordType().Elem(),
			Records: pulumi.StringArray{validation.ResourceRecordValue().Elem()},
			Ttl:     pulumi.Int(60),
			// A host has the same record in every region of an account (ACM User Guide, "DNS
			// validation", November 2026). So whoever comes second finds it, and whoever leaves
			// must leave it: without it the other region's certificate would not be renewed.
			AllowOverwrite: pulumi.Bool(true),
		}, b.Child(pulumi.RetainOnDelete(true))...)
		if err != nil {
			return pulumi.StringOutput{}, err
		}
		validations = append(validations, record.Fqdn)
	}
	issued, err := acm.NewCertificateValidation(b.Ctx, b.Name, &acm.CertificateValidationArgs{
		CertificateArn:        requested.Arn,
		ValidationRecordFqdns: validations,
	}, b.Child()...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	return issued.CertificateArn, nil
}

// validationOf finds a host's record among those the certificate asks for, which
// come in no order.
func validationOf(certificate *acm.Certificate, host string) acm.CertificateDomainValidationOptionOutput {
	return certificate.DomainValidationOptions.ApplyT(func(options []acm.CertificateDomainValidationOption) (acm.CertificateDomainValidationOption, error) {
		for _, o := range options {
			if o.DomainName != nil && *o.DomainName == host {
				return o, nil
			}
		}
		return acm.CertificateDomainValidationOption{}, fmt.Errorf("the certificate asks for no record that validates %s", host)
	}).(acm.CertificateDomainValidationOptionOutput)
}

// records lead clients to the load balancer. Each region has a record of its
// own, and its weight says whether it answers: that switch is moved by hand, so
// the target's health is not consulted, or Route 53 would move it (HAD-09). An
// alias answers for 60 seconds (HAD-12).
func (b builder) records(balancer *lb.LoadBalancer, listener *lb.Listener) error {
	for _, h := range b.Args.Hosts {
		_, err := route53.NewRecord(b.Ctx, b.Named(string(h)), &route53.RecordArgs{
			ZoneId:                  pulumi.String(b.Args.DNSZone),
			Name:                    pulumi.String(h),
			Type:                    pulumi.String("A"),
			SetIdentifier:           pulumi.String(string(b.Scope.Place.Region.ID)),
			WeightedRoutingPolicies: route53.RecordWeightedRoutingPolicyArray{&route53.RecordWeightedRoutingPolicyArgs{Weight: pulumi.Int(b.Args.Weight())}},
			Aliases: route53.RecordAliasArray{&route53.RecordAliasArgs{
				Name: balancer.DnsName, ZoneId: balancer.ZoneId, EvaluateTargetHealth: pulumi.Bool(false),
			}},
		}, b.Child(component.After(listener))...)
		if err != nil {
			return err
		}
	}
	return nil
}
