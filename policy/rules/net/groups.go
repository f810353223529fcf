package net

import "tenant-runtime/policy/rule"

type groupRuleView struct {
	*rule.Resource
	Protocol rule.Value[string] `prop:"ipProtocol"`
	V4       rule.Value[string] `prop:"cidrIpv4"`
	V6       rule.Value[string] `prop:"cidrIpv6"`
	From     rule.Value[int]    `prop:"fromPort"`
	To       rule.Value[int]    `prop:"toPort"`
}
