// Command mistakes declares a runtime as it is often written: plain resources, the
// cloud's defaults, and a few short cuts. It works, and breaks most promises.
//
// Each mistake names the requirement that refuses it, at the end of its line or, for
// what is not there, above the resource that lacks it. A test previews the program
// and compares these comments with the rules that fire.
package main

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() { pulumi.Run(declare) }

// places are the providers. There are no default ones.
type places struct{ home, london pulumi.ResourceOption }

func declare(ctx *pulumi.Context) error {
	home, err := provider(ctx, "home", "eu-central-1")
	if err != nil {
		return err
	}
	london, err := provider(ctx, "london", "eu-west-2") // RES-01: the United Kingdom is not in the EU
	if err != nil {
		return err
	}
	at := places{home: home, london: london}
	if err := declareNetwork(ctx, at); err != nil {
		return err
	}
	exports, err := declareData(ctx, at)
	if err != nil {
		return err
	}
	if err := declareBackups(ctx, at); err != nil {
		return err
	}
	return declareRecords(ctx, at, exports)
}

func provider(ctx *pulumi.Context, name, region string) (pulumi.ResourceOption, error) {
	p, err := aws.NewProvider(ctx, name, &aws.ProviderArgs{
		Region:            pulumi.String(region),
		AllowedAccountIds: pulumi.ToStringArray([]string{"777788889999"}),
	})
	return pulumi.Provider(p), err
}

// tags says all that the inventory wants to know, so that the other mistakes stand
// out.
func tags(name, zone, class string) pulumi.StringMap {
	return pulumi.ToStringMap(map[string]string{
		"Name": name, "jurisdiction": "EU", "environment": "prod", "tenant": "shared", "owner": "platform", "zone": zone, "dataClass": class,
	})
}
