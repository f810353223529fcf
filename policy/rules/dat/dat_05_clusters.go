package dat

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// DatabaseClusters is DAT-05. That a single instance has a standby is HAD-02.
var DatabaseClusters = rule.Rule{
	ID: "DAT-05", Name: "clusters", Title: "A database cluster has at least two servers",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A cluster of one server is a cluster by name only: its storage survives, its service does not.",
	Fix: "Use components/database, or give the cluster a second instance in another zone.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.InStack(func(v clusterServers, s *rule.Stack, r *rule.Report) {
			if _, state := v.Class.Get(); state != rule.Absent {
				r.Looked() // a Multi-AZ DB cluster: RDS itself makes three servers of this class
				return
			}
			r.Looked()
			if n := len(s.Referring(v.Resource, "clusterIdentifier", aws.RDSClusterInstance)); n < 2 {
				r.Found(v.Resource, n, "at least two cluster instances")
			}
		}, aws.RDSCluster)),
		GCP:   rule.Pending("database"),
		Azure: rule.Pending("database"),
	},
	Good: []rule.Example{
		{Given: clusterOf("one", "two")},
		{Given: []rule.Given{{Type: aws.RDSCluster, Props: rule.Props{"dbClusterInstanceClass": "db.m6gd.large"}}}},
	},
	Bad: []rule.Example{{Given: clusterOf("one")}},
}

type clusterServers struct {
	*rule.Resource
	Class rule.Value[string] `prop:"dbClusterInstanceClass"`
}

func clusterOf(servers ...string) []rule.Given {
	given := []rule.Given{{Type: aws.RDSCluster, Name: "cluster", Props: rule.Props{"engine": "aurora-postgresql"}}}
	for _, name := range servers {
		given = append(given, rule.Given{Type: aws.RDSClusterInstance, Name: name, Links: rule.Links{"clusterIdentifier": {"cluster"}}})
	}
	return given
}
