package aws

import "tenant-runtime/rehearsal/sim"

var secretsmanagerKinds = []sim.Kind{
	{
		Type: "aws:secretsmanager/secret:Secret", ID: "{arn}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 512, Pattern: `^[A-Za-z0-9/_+=.@-]+$`, Taken: "InvalidRequestException"},
		Compute: sim.Props{"arn": "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{hex 6}"},
		Default: sim.Props{"forceOverwriteReplicaSecret": false, "recoveryWindowInDays": 30},
		Replace: []string{"name", "namePrefix"},
		Refs:    merge(principals("policy"), map[string]sim.Ref{"kmsKeyId": toKey, "replicas[*].kmsKeyId": toKey.Anywhere()}),
		Takes:   sim.Creates(0.02, 0.1, 0.5).Deletes(0.02, 0.1, 2),
		Ends:    sim.Ending{As: sim.Recoverable, Days: 30, DaysIn: "recoveryWindowInDays"},
		Source:  "Secrets Manager API model 2026-08, terraform-provider-aws 2026-06 (replacements, replica keys); durations estimated",
	},
}
