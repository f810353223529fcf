package gcp

import "tenant-runtime/rehearsal/sim"

var iamKinds = []sim.Kind{
	grant("gcp:projects/iAMMember:IAMMember", "{project}/{role}/{member}", map[string]sim.Ref{}, "project"),
	{
		Type: "gcp:projects/service:Service", At: sim.Global, ID: "{account}/{service}",
		Default: sim.Props{"disableOnDestroy": true},
		Compute: sim.Props{"project": "{account}"},
		Replace: []string{"project", "service"},
		Takes:   sim.Creates(0.1, 0.5, 5).Deletes(0.1, 0.3, 5),
		Source:  "terraform-provider-google 2026-08; durations estimated",
	},
	{
		Type: account, At: sim.Global, ID: "projects/{account}/serviceAccounts/{email}",
		Name: sim.Name{In: "accountId", Unique: sim.InAccount, Max: 30, Pattern: `^[a-z][a-z0-9-]{4,28}[a-z0-9]$`, Taken: "409 alreadyExists"},
		Compute: sim.Props{
			"email": "{accountId}@{account}.iam.gserviceaccount.com", "member": "serviceAccount:{email}",
			"name": "projects/{account}/serviceAccounts/{email}", "project": "{account}", "uniqueId": "1{digits 20}",
		},
		Handles: []string{"{email}", "serviceAccount:{email}"},
		Replace: []string{"accountId", "project"},
		Takes:   sim.Creates(0.05, 0.1, 0.3).Deletes(0.02, 0.1, 0.3),
		Ends:    sim.Ending{As: sim.Unnamed, Days: 30},
		Source:  "estimate: undelete for 30 days while the name is unused",
	},
	{
		Type: "gcp:serviceaccount/iAMMember:IAMMember", At: sim.Global, ID: "{serviceAccountId}/{role}/{member}",
		Compute: sim.Props{"etag": "Bw{hex 8}"},
		Replace: []string{"condition", "member", "role", "serviceAccountId"},
		Refs:    map[string]sim.Ref{"member": toMember, "serviceAccountId": sim.To(account)},
		Source:  "terraform-provider-google 2026-08; durations estimated",
	},
}
