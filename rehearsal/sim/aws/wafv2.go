package aws

import (
	"strings"

	"tenant-runtime/rehearsal/sim"
)

const wafSource = "WAF API model 2026-08, terraform-provider-aws 2026-06 (replacements); durations estimated"

const webACL = "aws:wafv2/webAcl:WebAcl"

var wafv2Kinds = []sim.Kind{
	{
		Type: webACL, ID: "{uuid}",
		Name:    sim.Name{In: "name", Unique: sim.InAccountRegion, Max: 128, Pattern: `^[\w-]+$`, Taken: "WAFDuplicateItemException"},
		Compute: sim.Props{"arn": "arn:{partition}:wafv2:{region}:{account}:regional/webacl/{name}/{id}", "lockToken": "{uuid}"},
		Replace: []string{"name", "namePrefix", "scope"},
		Takes:   sim.Creates(0.05, 0.2, 1).Deletes(0.1, 0.5, 5),
		Source:  wafSource,
	},
	{
		Type: "aws:wafv2/webAclAssociation:WebAclAssociation", ID: "{webAclArn},{resourceArn}",
		Name:    sim.Name{Unique: "{resourceArn}"}, // one web ACL each
		Replace: []string{"resourceArn", "webAclArn"},
		Refs:    map[string]sim.Ref{"resourceArn": sim.To(loadBalancer), "webAclArn": sim.To(webACL)},
		Takes:   sim.Creates(0.05, 0.2, 1).Deletes(0.05, 0.2, 1),
		Source:  wafSource,
	},
	{
		Type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", ID: "{resourceArn}",
		Replace: []string{"resourceArn"},
		Refs:    map[string]sim.Ref{"logDestinationConfigs[*]": sim.To(logGroup, bucket), "resourceArn": sim.To(webACL)},
		Takes:   sim.Creates(0.02, 0.1, 0.5).Deletes(0.02, 0.1, 0.5),
		Source:  wafSource,
		Quirk: func(o *sim.Op) {
			for _, arn := range o.Texts("logDestinationConfigs[*]") {
				if o.Verb != sim.Delete && !strings.HasPrefix(arn[strings.LastIndex(arn, ":")+1:], "aws-waf-logs-") {
					o.Refuse("logDestinationConfigs", "WAFInvalidParameterException: the name of %s does not begin with aws-waf-logs-", arn)
				}
			}
		},
	},
}
