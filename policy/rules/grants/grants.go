// Package grants knows what several areas ask of grants on GCP.
package grants

import "tenant-runtime/policy/rule"

// Named refuses the two members that are everybody.
var Named = rule.Satisfies(func(who string) bool { return who != "allUsers" && who != "allAuthenticatedUsers" },
	"a named member", "serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com", "allAuthenticatedUsers")
