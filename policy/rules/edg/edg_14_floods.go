package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// FloodsAbsorbed is EDG-14.
var FloodsAbsorbed = rule.Rule{
	ID: "EDG-14", Name: "floods", Title: "No address can flood the edge with requests",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "AWS absorbs floods of packets by itself, and passes floods of requests on.",
	Fix: "Give the web ACL a rate-based rule that blocks, with a limit of at most 20000.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			Rules rule.List[rateRule] `prop:"rules"`
		}, r *rule.Report) {
			if rules, state := v.Rules.Items(); state == rule.Absent || state == rule.Known && len(rules) == 0 {
				return // an empty firewall is EDG-05's
			}
			rule.Some(r, v.Rules, func(e rateRule) rule.Truth {
				return e.Limit.Holds(func(limit int) bool { return limit <= mostRequests }, rule.No).And(e.Block.Holds(there, rule.No))
			}, "a rate-based rule that blocks from at most 20000 requests on")
		}, aws.WAFV2WebAcl)),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{{Given: webACL(append(managed(), limited(6000, "block")))}},
	Bad: []rule.Example{
		{Caught: "rules", Given: webACL(managed())},
		{Caught: "rules", Given: webACL(append(managed(), limited(6000, "count")))},
		{Caught: "rules", Given: webACL(append(managed(), limited(2000000, "block")))},
	},
}

// mostRequests of one address in the window, five minutes unless set otherwise.
const mostRequests = 20000

type rateRule struct {
	Limit rule.Value[int] `prop:"statement.rateBasedStatement.limit"`
	Block rule.Value[any] `prop:"action.block"`
}

func there(any) bool { return true }
