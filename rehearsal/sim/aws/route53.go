package aws

import "tenant-runtime/rehearsal/sim"

const record = "aws:route53/record:Record"

var route53Kinds = []sim.Kind{
	{
		// Survives every region. An alias keeps its target from nothing: it dangles.
		Type: record, At: sim.Global, ID: "{zoneId}_{name}_{type}_{setIdentifier}",
		Name:    sim.Name{In: "name", Unique: "{zoneId}/{name}/{type}/{setIdentifier}", Taken: "InvalidChangeBatch", Over: "allowOverwrite"},
		Compute: sim.Props{"fqdn": "{name}"},
		Replace: []string{"name", "type", "zoneId"},
		Refs:    map[string]sim.Ref{"aliases[*].name": sim.To(loadBalancer).Weak()}, // no zone: it is delegated by hand, outside of the world
		Takes:   sim.Creates(0.3, 0.6, 2).Updates(0.3, 0.6, 2).Deletes(0.3, 0.6, 2),
		Source:  "Route 53 API model 2026-08, terraform-provider-aws 2026-06 (replacements, allowOverwrite); durations estimated",
	},
}
