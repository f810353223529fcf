package edge

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// certify declares the certificate and proves, by records in the zone, that its
// hosts are ours. The result is its ARN, and resolves when it has been issued.
func (d *door) certify() (pulumi.StringOutput, error) {
	certificate, err := acm.NewCertificate(d.ctx, d.name, &acm.CertificateArgs{
		DomainName:              pulumi.String(d.args.Hosts[0]),
		SubjectAlternativeNames: pulumi.ToStringArray(d.args.Hosts[1:]),
		ValidationMethod:        pulumi.String("DNS"), // renews by itself, as long as the records stand
		KeyAlgorithm:            pulumi.String("EC_prime256v1"),
		Options:                 &acm.CertificateOptionsArgs{CertificateTransparencyLoggingPreference: pulumi.String("ENABLED")},
		Tags:                    d.scope.Tags(d.args.Hosts[0]),
	}, d.child()...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	proofs := pulumi.StringArray{}
	for _, h := range d.args.Hosts {
		proof := proofOf(certificate, h)
		record, err := route53.NewRecord(d.ctx, d.name+"-proof-"+h, &route53.RecordArgs{
			ZoneId:  pulumi.String(d.args.DNSZone),
			Name:    proof.ResourceRecordName().Elem(),
			Type:    proof.ResourceRecordType().Elem(),
			Records: pulumi.StringArray{proof.ResourceRecordValue().Elem()},
			Ttl:     pulumi.Int(60),
			// A host has the same record in every region of an account (ACM User Guide, "DNS
			// validation", November 2026). So whoever comes second finds it, and whoever leaves
			// must leave it: without it the other region's certificate would not be renewed.
			AllowOverwrite: pulumi.Bool(true),
		}, d.child(pulumi.RetainOnDelete(true))...)
		if err != nil {
			return pulumi.StringOutput{}, err
		}
		proofs = append(proofs, record.Fqdn)
	}
	issued, err := acm.NewCertificateValidation(d.ctx, d.name, &acm.CertificateValidationArgs{
		CertificateArn:        certificate.Arn,
		ValidationRecordFqdns: proofs,
	}, d.child()...)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	return issued.CertificateArn, nil
}

// proofOf finds a host's record among those the certificate asks for, which come
// in no order.
func proofOf(certificate *acm.Certificate, host string) acm.CertificateDomainValidationOptionOutput {
	return certificate.DomainValidationOptions.ApplyT(func(options []acm.CertificateDomainValidationOption) (acm.CertificateDomainValidationOption, error) {
		for _, o := range options {
			if o.DomainName != nil && *o.DomainName == host {
				return o, nil
			}
		}
		return acm.CertificateDomainValidationOption{}, fmt.Errorf("the certificate asks for no record that proves %s", host)
	}).(acm.CertificateDomainValidationOptionOutput)
}

// announce leads clients to the load balancer. Each region has a record of its
// own, and its weight says whether it answers: that switch is moved by hand, so
// the target's health is not consulted, or Route 53 would move it (HAD-09). An
// alias answers for 60 seconds (HAD-12).
func (d *door) announce(balancer *lb.LoadBalancer, listener *lb.Listener) error {
	for _, h := range d.args.Hosts {
		_, err := route53.NewRecord(d.ctx, d.name+"-"+h, &route53.RecordArgs{
			ZoneId:                  pulumi.String(d.args.DNSZone),
			Name:                    pulumi.String(h),
			Type:                    pulumi.String("A"),
			SetIdentifier:           pulumi.String(string(d.scope.Home.Region.ID)),
			WeightedRoutingPolicies: route53.RecordWeightedRoutingPolicyArray{&route53.RecordWeightedRoutingPolicyArgs{Weight: pulumi.Int(d.args.weight())}},
			Aliases: route53.RecordAliasArray{&route53.RecordAliasArgs{
				Name: balancer.DnsName, ZoneId: balancer.ZoneId, EvaluateTargetHealth: pulumi.Bool(false),
			}},
		}, d.child(pulumi.DependsOn([]pulumi.Resource{listener}))...)
		if err != nil {
			return err
		}
	}
	return nil
}
