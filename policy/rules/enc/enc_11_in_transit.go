package enc

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/database"
	"tenant-runtime/regions"
)

// EncryptedInTransit is ENC-11. Buckets of AWS say so in their policy (ENC-05); that
// an instance has a parameter group at all is DAT-06.
var EncryptedInTransit = rule.Rule{
	ID: "ENC-11", Name: "in-transit", Title: "Connections to data stores are encrypted, inside of the network too",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "The inside of a network is where an intruder listens.",
	Fix: "Declare stores through components/database and components/storage, which take TLS 1.2 and nothing less.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Parameters rule.List[database.Parameter] `prop:"parameters"`
			}, r *rule.Report) {
				rule.Some(r, v.Parameters, demandsTLS, "rds.force_ssl=1 or require_secure_transport=ON")
			}, aws.RDSParameterGroup, aws.RDSClusterParameterGroup),
			rule.Row("requireTls", rule.Equals(true), rule.AbsentIsBad, aws.RDSProxy),
			rule.Row("transitEncryptionEnabled", rule.Equals(true), rule.AbsentIsBad, aws.ElastiCacheReplicationGroup),
		),
		GCP: rule.By(rule.Row("settings.ipConfiguration.sslMode", rule.Among("ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"), rule.AbsentIsBad, gcp.SQLDatabaseInstance)),
		Azure: rule.By(
			rule.Row("enableHttpsTrafficOnly", rule.Equals(true), rule.AbsentIsGood, azure.StorageStorageAccount), // on since API 2019-04-01
			rule.Row("minimumTlsVersion", rule.Among("TLS1_2", "TLS1_3"), rule.AbsentIsBad, azure.StorageStorageAccount),
		),
	},
	Good: []rule.Example{
		{Given: parameters("rds.force_ssl", "1")},
		{Given: parameters("require_secure_transport", "ON")},
	},
	Bad: []rule.Example{
		{Caught: "parameters", Given: parameters("rds.force_ssl", "0")},
		{Caught: "parameters", Given: parameters("log_statement", "all")},
	},
}

func demandsTLS(p database.Parameter) rule.Truth {
	postgres := rule.Is(p.Name, "rds.force_ssl").And(rule.Is(p.Value, "1"))
	mysql := rule.Is(p.Name, "require_secure_transport").And(rule.Is(p.Value, "ON", "1"))
	return postgres.Or(mysql)
}

func parameters(name, value string) []rule.Given {
	return []rule.Given{{Type: aws.RDSParameterGroup, Props: rule.Props{"parameters": []rule.Props{{"name": name, "value": value}}}}}
}
