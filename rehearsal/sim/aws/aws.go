// Package aws is what the simulated AWS knows: one row per kind.
//
// A row's Source names the documents of the day it was learned; durations without
// a document are estimates, rounded to what an operator would expect.
package aws

import (
	"slices"

	"tenant-runtime/regions"
	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/schema"
)

// Table returns all kinds of AWS.
func Table() sim.Table {
	return sim.Table{Package: "aws", Cloud: regions.AWS, Schema: schema.AWS(), Kinds: slices.Concat(
		accountKinds, acmKinds, backupKinds, cloudtrailKinds, cloudwatchKinds, ec2Kinds, iamKinds, kmsKinds, lbKinds, networkFirewallKinds, rdsKinds, route53Kinds, s3Kinds, secretsmanagerKinds, snsKinds, wafv2Kinds,
	)}
}

// Kinds that many rows refer to.
const (
	role   = "aws:iam/role:Role"
	policy = "aws:iam/policy:Policy"
	key    = "aws:kms/key:Key"
	alias  = "aws:kms/alias:Alias"
	bucket = "aws:s3/bucketV2:BucketV2"
)

// toKey refers to a key by id, arn or alias.
var toKey = sim.To(key, alias, "aws:kms/replicaKey:ReplicaKey")

// toPrincipal is who a policy speaks of. AWS refuses to store a policy that names
// a role that does not exist; deleting it later is allowed and
// leaves its dead id in the policy (IAM User Guide, identifiers; 2023-06).
var toPrincipal = sim.To(role).Anywhere().Weak().Or(`^\*$`, `^\d{12}$`, `^arn:[^:]+:iam::\d{12}:root$`, `:role/aws-service-role/`)

// principals are the places where a policy document names principals.
func principals(property string) map[string]sim.Ref {
	return map[string]sim.Ref{
		property + "{}.Statement[*].Principal.AWS[*]":    toPrincipal,
		property + "{}.Statement[*].NotPrincipal.AWS[*]": toPrincipal,
	}
}
