package net

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
)

type endpointView struct {
	*rule.Resource
	Service rule.Value[string]      `prop:"serviceName"`
	Kind    rule.Value[string]      `prop:"vpcEndpointType"`
	Policy  rule.Value[rule.Policy] `prop:"policy"`
}

// hasEndpoint tells whether a network reaches a service privately.
func hasEndpoint(s *rule.Stack, network *rule.Resource, service string) rule.Truth {
	has := rule.No
	for _, endpoint := range rule.Referring[endpointView](s, network, "vpcId", aws.EC2VpcEndpoint) {
		has = has.Or(serves(endpoint.Service, service))
	}
	return has
}
