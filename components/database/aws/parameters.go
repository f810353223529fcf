package aws

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/rds"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/database"
)

// parameter is a setting of the server. A fixed one takes effect at a restart
// only, and RDS refuses to be asked for more ("cannot use immediate apply method
// for static parameter").
type parameter struct {
	name, value string
	fixed       bool
}

// parameters are written out even where RDS has the same default: a rule sees
// only what is declared.
var parameters = []parameter{
	{name: "rds.force_ssl", value: "1"},                  // ENC-11
	{name: "ssl_min_protocol_version", value: "TLSv1.2"}, // ENC-11
	{name: "log_connections", value: "1"},                // DAT-06: who, when, from where; attempts too
	{name: "log_disconnections", value: "1"},
	{name: "shared_preload_libraries", value: "pgaudit,pg_stat_statements", fixed: true},
	{name: "pgaudit.log", value: "all,-misc"},         // DAT-06: what; misc is FETCH, CHECKPOINT and the like
	{name: "pgaudit.log_parameter", value: "0"},       // the statement, not the personal data in it
	{name: "rds.log_retention_period", value: "1440"}, // minutes; CloudWatch has the log, here it only fills the disk
}

// parameterGroup has the version in its name: a group cannot change its family,
// and the old one is in use until the instance has moved to the new one.
func (b *builder) parameterGroup() (*rds.ParameterGroup, error) {
	const family = "postgres" + database.Engine
	physical, list := b.Scope.Name("aws:rds/parameterGroup:ParameterGroup", "database", family), rds.ParameterGroupParameterArray{}
	for _, p := range parameters {
		apply := "immediate"
		if p.fixed {
			apply = "pending-reboot"
		}
		list = append(list, rds.ParameterGroupParameterArgs{
			Name: pulumi.String(p.name), Value: pulumi.String(p.value), ApplyMethod: pulumi.String(apply),
		})
	}
	return rds.NewParameterGroup(b.Ctx, b.Name, &rds.ParameterGroupArgs{
		Name:        pulumi.String(physical),
		Family:      pulumi.String(family),
		Description: pulumi.String("TLS only, every statement recorded"),
		Parameters:  list,
		Tags:        b.Scope.Tags(physical),
	}, b.Child()...)
}
