package aws

import "tenant-runtime/rehearsal/sim"

// IAM is not lost with a region. Attachments block deletion (DeleteConflict).
const iamSource = "IAM User Guide 2023-06, API model 2026-08, terraform-provider-aws 2026-06 (replacements); durations estimated"

const managed = `^arn:[^:]+:iam::aws:policy/` // policies that AWS owns

var iamKinds = []sim.Kind{
	{
		Type: "aws:iam/instanceProfile:InstanceProfile", At: sim.Global, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccount, Max: 128, Pattern: `^[\w+=,.@-]+$`, Taken: "EntityAlreadyExists"},
		Compute: sim.Props{"arn": "arn:{partition}:iam::{account}:instance-profile{path|/}{name}", "uniqueId": "AIPA{digits 17}"},
		Default: sim.Props{"path": "/"},
		Replace: []string{"name", "namePrefix", "path"},
		Refs:    map[string]sim.Ref{"role": sim.To(role)},
		Source:  iamSource,
	},
	{
		Type: policy, At: sim.Global, ID: "{arn}",
		Name:    sim.Name{In: "name", Unique: sim.InAccount, Max: 128, Pattern: `^[\w+=,.@-]+$`, Taken: "EntityAlreadyExists"},
		Compute: sim.Props{"arn": "arn:{partition}:iam::{account}:policy{path|/}{name}", "policyId": "ANPA{digits 17}"},
		Default: sim.Props{"path": "/"},
		Replace: []string{"description", "name", "namePrefix", "path"},
		Takes:   sim.Creates(0.02, 0.1, 0.3).Deletes(0.02, 0.1, 0.3),
		Source:  iamSource,
	},
	{
		Type: role, At: sim.Global, ID: "{name}",
		Name:    sim.Name{In: "name", Unique: sim.InAccount, Max: 64, Pattern: `^[\w+=,.@-]+$`, Taken: "EntityAlreadyExists"},
		Compute: sim.Props{"arn": "arn:{partition}:iam::{account}:role{path|/}{name}", "uniqueId": "AROA{digits 17}"},
		Default: sim.Props{"path": "/", "maxSessionDuration": 3600, "forceDetachPolicies": false},
		Replace: []string{"name", "namePrefix", "path"},
		Refs: merge(principals("assumeRolePolicy"), map[string]sim.Ref{
			"managedPolicyArns[*]": sim.To(policy).Or(managed),
			"permissionsBoundary":  sim.To(policy).Or(managed),
		}),
		Takes:  sim.Creates(0.02, 0.1, 0.5).Deletes(0.02, 0.1, 0.5),
		Source: iamSource,
	},
	{
		Type: "aws:iam/rolePolicy:RolePolicy", At: sim.Global, ID: "{role}:{name}",
		Name:    sim.Name{In: "name", Max: 128, Pattern: `^[\w+=,.@-]+$`},
		Replace: []string{"name", "namePrefix", "role"},
		Refs:    map[string]sim.Ref{"role": sim.To(role)},
		Source:  iamSource,
	},
	{
		Type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", At: sim.Global, ID: "{role}-{digits 26}",
		Name:    sim.Name{Unique: "{account}/{role}/{policyArn}"},
		Replace: []string{"policyArn", "role"},
		Refs:    map[string]sim.Ref{"policyArn": sim.To(policy).Or(managed), "role": sim.To(role)},
		Source:  iamSource,
	},
}

func merge(all ...map[string]sim.Ref) map[string]sim.Ref {
	merged := map[string]sim.Ref{}
	for _, refs := range all {
		for path, ref := range refs {
			merged[path] = ref
		}
	}
	return merged
}
