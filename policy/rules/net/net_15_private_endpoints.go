package net

import (
	"slices"
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/policies"
	"tenant-runtime/regions"
)

// PrivateEndpoints is NET-15.
var PrivateEndpoints = rule.Rule{
	ID: "NET-15", Name: "private-endpoints", Title: "The cloud's own services are reached privately, by our principals and for our resources only",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "An endpoint without a policy carries our data to anybody's bucket, past the firewall.",
	Fix: "Take endpoints from components/network, whose policies name the account on both sides.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.InStack(func(v networkPart, s *rule.Stack, r *rule.Report) {
				for _, service := range []string{"s3", "kms", "secretsmanager"} {
					r.Expect(v.Resource, hasEndpoint(s, v.Resource, service), "an endpoint for "+service)
				}
			}, aws.EC2Vpc),
			rule.Row("policy", rule.Set("a policy; without one everybody is let through"), rule.AbsentIsBad, aws.EC2VpcEndpoint),
			rule.On(func(v endpointView, r *rule.Report) {
				policy, state := v.Policy.Get()
				if state != rule.Known {
					return
				}
				for _, statement := range policy.Allows() {
					ourOwn(statement, r)
				}
			}, aws.EC2VpcEndpoint),
		),
		GCP:   rule.Pending("network"),
		Azure: rule.Pending("network"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.EC2Vpc, Name: "net"}, endpointFor("s3", ours), endpointFor("kms", ours), endpointFor("secretsmanager", ours)}},
		{Given: []rule.Given{{Type: aws.EC2VpcEndpoint, Props: rule.Props{"policy": `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::layers/*"}]}`}}}},
	},
	Bad: []rule.Example{
		{Given: []rule.Given{{Type: aws.EC2Vpc, Name: "net"}, endpointFor("s3", ours), endpointFor("kms", ours)}},
		{Caught: "policy.Statement[0].Condition", Given: []rule.Given{{Type: aws.EC2VpcEndpoint, Props: rule.Props{"policy": `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`}}}},
		{Caught: "policy.Statement[0].Condition", Given: []rule.Given{{Type: aws.EC2VpcEndpoint, Props: rule.Props{"policy": `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*",
			"Condition":{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}}]}`}}}},
		{Caught: "policy.Statement[0].Condition", Given: []rule.Given{{Type: aws.EC2VpcEndpoint, Props: rule.Props{"policy": strings.ReplaceAll(ours, "StringEquals", "StringNotEquals")}}}},
	},
}

// ourOwn demands that a statement about everyone and everything names whose
// principals and whose resources it means. EBS tells an endpoint nothing about
// the resource (IAM guide, aws:ResourceAccount, read November 2026).
func ourOwn(statement rule.Statement, r *rule.Report) {
	if !statement.Everyone() || !slices.Contains(statement.Resources, "*") {
		return
	}
	ebs := !slices.ContainsFunc(statement.Actions, func(action string) bool { return !strings.HasPrefix(action, "ebs:") })
	if policies.OpenTo(statement, "aws:PrincipalAccount", "aws:PrincipalOrgID") || !ebs && policies.OpenTo(statement, "aws:ResourceAccount", "aws:ResourceOrgID") {
		r.Found(statement.Part("Condition"), "everybody, or everybody's resources", "aws:PrincipalAccount and aws:ResourceAccount")
	}
}

const ours = `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*",
	"Condition":{"StringEquals":{"aws:PrincipalAccount":"111122223333","aws:ResourceAccount":"111122223333"}}}]}`

func endpointFor(service, policy string) rule.Given {
	return rule.Given{Type: aws.EC2VpcEndpoint, Name: service, Links: rule.Links{"vpcId": {"net"}},
		Props: rule.Props{"serviceName": "com.amazonaws.eu-central-1." + service, "policy": policy}}
}
