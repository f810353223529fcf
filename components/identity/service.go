package identity

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/value"
	"tenant-runtime/regions"
)

// Trust is the trust policy of a role that a service assumes to work for the account.
func Trust(service string, account value.Account, sources ...string) Document {
	return Document{{
		Principal: Principal{Services: []string{service}},
		Actions:   []string{"sts:AssumeRole"},
		Condition: OnBehalfOf(account, sources...),
	}}
}

// OnBehalfOf is true for a service that acts for the account and, where sources are
// given, for one of these resources. Without it the service could be made to act by
// another of its customers (the confused deputy).
func OnBehalfOf(account value.Account, sources ...string) Condition {
	c := Condition{"StringEquals": {"aws:SourceAccount": Strings(account)}}
	if len(sources) > 0 {
		c["ArnLike"] = map[string]pulumi.StringArrayInput{"aws:SourceArn": Strings(sources...)}
	}
	return c
}

// Via are the names of the services of a region, as kms:ViaService knows them.
func Via(region regions.ID, services ...string) pulumi.StringArray {
	names := pulumi.StringArray{}
	for _, service := range services {
		names = append(names, pulumi.String(service+"."+string(region)+".amazonaws.com"))
	}
	return names
}
