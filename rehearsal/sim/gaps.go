package sim

// Gaps lists what the simulation does not know. The command prints it, so that
// nobody takes a rehearsal for more than it is.
var Gaps = []string{
	"permissions: any provider may do anything in its account; policies are text in which only principals are looked up",
	"quotas: no account limit is enforced (5 VPCs, 5 Elastic IPs, ... per region)",
	"values: lengths, patterns and cross-checks of properties other than names, tags, zones, regions, references and enums",
	"eventual consistency: what is created can be used at once; an IAM role needs up to 30 s in reality",
	"concurrency: S3 configuration applied at the same moment never answers 409, and names never race",
	"data: what a store holds is only full or empty; nothing is encrypted, copied or restored",
	"invokes: data sources are refused, as the components use none",
	"policies written by the cloud itself: defaults such as a key's default policy are not returned",
	"ordering by dependsOn alone does not show on the clock: only references make one operation wait for another",
	"regions differ only by existence and zones: a service missing in a region is not refused",
}
