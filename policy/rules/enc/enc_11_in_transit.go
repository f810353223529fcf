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
			rule.On(func(v struct {
				TLS rule.Value[bool] `prop:"requireTls"`
			}, r *rule.Report) {
				rule.Must(r, v.TLS, true, rule.AbsentIsBad)
			}, aws.RDSProxy),
			rule.On(func(v struct {
				TLS rule.Value[bool] `prop:"transitEncryptionEnabled"`
			}, r *rule.Report) {
				rule.Must(r, v.TLS, true, rule.AbsentIsBad)
			}, aws.ElastiCacheReplicationGroup),
		),
		GCP: rule.By(rule.On(func(v struct {
			Mode rule.Value[string] `prop:"settings.ipConfiguration.sslMode"`
		}, r *rule.Report) {
			rule.OneOf(r, v.Mode, rule.AbsentIsBad, "ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED")
		}, gcp.SQLDatabaseInstance)),
		Azure: rule.By(rule.On(func(v struct {
			HTTPS rule.Value[bool]   `prop:"enableHttpsTrafficOnly"`
			TLS   rule.Value[string] `prop:"minimumTlsVersion"`
		}, r *rule.Report) {
			rule.Must(r, v.HTTPS, true, rule.AbsentIsGood) // on since API 2019-04-01
			rule.OneOf(r, v.TLS, rule.AbsentIsBad, "TLS1_2", "TLS1_3")
		}, azure.StorageStorageAccount)),
	},
	Good: []rule.Example{
		{Given: parameters("rds.force_ssl", "1")},
		{Given: parameters("require_secure_transport", "ON")},
		{Given: []rule.Given{{Type: gcp.SQLDatabaseInstance, Props: rule.Props{"settings": rule.Props{"ipConfiguration": rule.Props{"sslMode": "ENCRYPTED_ONLY"}}}}}},
		{Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"enableHttpsTrafficOnly": true, "minimumTlsVersion": "TLS1_2"}}}},
	},
	Bad: []rule.Example{
		{Caught: "parameters", Given: parameters("rds.force_ssl", "0")},
		{Caught: "parameters", Given: parameters("log_statement", "all")},
		{Caught: "requireTls", Given: []rule.Given{{Type: aws.RDSProxy}}},
		{Caught: "transitEncryptionEnabled", Given: []rule.Given{{Type: aws.ElastiCacheReplicationGroup}}},
		{Caught: "settings.ipConfiguration.sslMode", Given: []rule.Given{{Type: gcp.SQLDatabaseInstance}}},
		{Caught: "minimumTlsVersion", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"minimumTlsVersion": "TLS1_0"}}}},
		{Caught: "enableHttpsTrafficOnly", Given: []rule.Given{{Type: azure.StorageStorageAccount, Props: rule.Props{"enableHttpsTrafficOnly": false, "minimumTlsVersion": "TLS1_2"}}}},
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
