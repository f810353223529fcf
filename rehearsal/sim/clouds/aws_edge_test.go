package clouds_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

func TestEdgeLaws(t *testing.T) {
	b := newBench(t)
	b.make(example{"aws:ec2/vpc:Vpc", "vpc", sim.Props{"cidrBlock": "10.0.0.0/16"}})
	b.make(example{"aws:ec2/subnet:Subnet", "subnet", sim.Props{"vpcId": "@vpc", "cidrBlock": "10.0.0.0/24", "availabilityZone": "eu-central-1a"}})
	balancer := example{"aws:lb/loadBalancer:LoadBalancer", "balancer", sim.Props{"name": "edge", "subnets": []any{"@subnet"}, "enableDeletionProtection": true}}
	b.make(balancer)
	b.make(example{"aws:acm/certificate:Certificate", "certificate", sim.Props{"domainName": "app.example.com", "subjectAlternativeNames": []any{"api.example.com"}}})
	listener := example{"aws:lb/listener:Listener", "listener", sim.Props{"loadBalancerArn": "@balancer.arn", "port": 443, "certificateArn": "@certificate.arn",
		"defaultActions": []any{sim.Props{"type": "fixed-response"}}}}

	_, err := b.try(listener)
	assert.ErrorContains(t, err, "certificateArn", "a certificate that is not issued")
	b.make(example{"aws:acm/certificateValidation:CertificateValidation", "issued", sim.Props{"certificateArn": "@certificate.arn"}})
	b.make(listener)
	listener.name = "second"
	_, err = b.try(listener)
	assert.ErrorContains(t, err, "DuplicateListener")
	assert.ErrorContains(t, b.Delete(balancer.config(), balancer.urn(), b.made["balancer"].ID), "OperationNotPermitted")

	b.make(example{"aws:wafv2/webAcl:WebAcl", "acl", sim.Props{"name": "acl", "scope": "REGIONAL", "defaultAction": sim.Props{"allow": sim.Props{}},
		"visibilityConfig": sim.Props{"cloudwatchMetricsEnabled": true, "metricName": "acl", "sampledRequestsEnabled": false}}})
	b.make(example{"aws:cloudwatch/logGroup:LogGroup", "log", sim.Props{"name": "/firewall"}})
	_, err = b.try(example{"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "logging",
		sim.Props{"resourceArn": "@acl.arn", "logDestinationConfigs": []any{"@log.arn"}}})
	assert.ErrorContains(t, err, "aws-waf-logs-")
}

// A certificate asks for a record per name, and for the same one in every region.
func TestProofsAreTheSameInEveryRegion(t *testing.T) {
	b := newBench(t)
	names := sim.Props{"domainName": "app.example.com", "subjectAlternativeNames": []any{"api.example.com"}}
	here := b.make(example{"aws:acm/certificate:Certificate", "certificate", names})
	there := b.make(example{"aws:acm/certificate:Certificate", "certificate@paris", names})
	require.Len(t, here.Outputs["domainValidationOptions"].ArrayValue(), 2)
	assert.Equal(t, here.Outputs["domainValidationOptions"], there.Outputs["domainValidationOptions"])
	assert.NotEqual(t, here.ID, there.ID)
}

// A record that is allowed to overwrite takes the name over; another one does not.
func TestRecordsOverwriteWhenAllowed(t *testing.T) {
	b := newBench(t)
	proof := sim.Props{"zoneId": "Z0EXAMPLE", "name": "_x.example.com", "type": "CNAME", "records": []any{"a"}}
	b.make(example{"aws:route53/record:Record", "first", proof})
	second := example{"aws:route53/record:Record", "second", proof}
	_, err := b.try(second)
	assert.ErrorContains(t, err, "InvalidChangeBatch")

	second.inputs = sim.Props{"zoneId": "Z0EXAMPLE", "name": "_x.example.com", "type": "CNAME", "records": []any{"b"}, "allowOverwrite": true}
	b.make(second)
	records := b.Resources(nil)
	require.Len(t, records, 1)
	assert.Equal(t, "second", records[0].URN.Name())
}
