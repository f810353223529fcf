package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// EncryptedBehindEdge is EDG-13.
var EncryptedBehindEdge = rule.Rule{
	ID: "EDG-13", Name: "backend", Title: "Traffic stays encrypted behind the edge",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "An inside network is not a trusted one: whoever gets in would read along.",
	Fix: "Set the target group's protocol to HTTPS; the workload serves TLS itself.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.Row("protocol", rule.Among("HTTPS", "TLS", "TCP"), rule.AbsentIsBad, aws.LBTargetGroup). // over TCP passes what the client encrypted
																Where(rule.Has("targetType", rule.Differs("lambda"), rule.Yes))), // functions are called through AWS's interface, which is TLS
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{{Type: aws.LBTargetGroup, Props: rule.Props{"targetType": "ip", "protocol": "HTTPS"}}}},
		{Given: []rule.Given{{Type: aws.LBTargetGroup, Props: rule.Props{"targetType": "lambda"}}}},
	},
}
