package rules

import (
	"strings"

	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// StoresCovered is BAK-10.
var StoresCovered = rule.Rule{
	ID: "BAK-10", Name: "covered", Title: "Every store of customers' data is taken up by a backup plan",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A store that no plan selects is missed silently, until it is needed.",
	Fix: "Tag the store with scope.Backed and declare the plan through components/backup.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v coveredStore, r *rule.Report) {
				r.Looked()
				if rule.Is(v.Tags.At("dataClass"), "customer") == rule.Yes {
					rule.Present(r, v.Tags.At(backupTag), "the name of the stack whose plan takes it up")
				}
			}, bucketOnAWS),
			rule.On(func(v coveredStore, r *rule.Report) {
				rule.Present(r, v.Tags.At(backupTag), "the name of the stack whose plan takes it up")
			}, rdsInstanceType),
			rule.InStack(storeIsSelected, bucketOnAWS, rdsInstanceType),
		),
		GCP:   rule.NotApplicable(noBackupOnGCP),
		Azure: rule.NotApplicable(noBackupOnAzure),
	},
	Good: []rule.Example{
		{Given: []rule.Given{coveredBy("eu"), selecting("eu")}},
		{Given: []rule.Given{coveredBy("eu"), {Type: backupSelectionType, Props: rule.Props{
			"selectionTags": []rule.Props{{"type": "STRINGEQUALS", "key": backupTag, "value": "eu"}}}}}},
		{Given: []rule.Given{{Type: bucketOnAWS, Props: rule.Props{"tags": rule.Props{"dataClass": "confidential"}}}}},
	},
	Bad: []rule.Example{
		{Caught: "tags." + backupTag, Given: []rule.Given{{Type: rdsInstanceType}}},
		{Caught: "tags." + backupTag, Given: []rule.Given{{Type: bucketOnAWS, Props: rule.Props{"tags": rule.Props{"dataClass": "customer"}}}}},
		{Caught: "tags." + backupTag, Given: []rule.Given{coveredBy("eu"), selecting("us")}},
		{Caught: "tags." + backupTag, Given: []rule.Given{coveredBy("eu")}},
		{Caught: "tags." + backupTag, Given: []rule.Given{coveredBy("eu"), elsewhere(selecting("eu"))}},
	},
}

// backupTag is what plans select by.
const backupTag = "backup"

type coveredStore struct {
	*rule.Resource
	Tags rule.Map[rule.Value[string]] `prop:"tags"`
}

type planSelection struct {
	*rule.Resource
	Tags       rule.List[selectedTag] `prop:"selectionTags"`
	Conditions rule.List[struct {
		Equals rule.List[selectedTag] `prop:"stringEquals"`
	}] `prop:"conditions"`
}

type selectedTag struct {
	Key   rule.Value[string] `prop:"key"`
	Value rule.Value[string] `prop:"value"`
}

// storeIsSelected: what a store's tag promises, a selection must keep. A plan takes
// up what lies in its own account and region.
func storeIsSelected(v coveredStore, s *rule.Stack, r *rule.Report) {
	rule.When(r, v.Tags.At(backupTag), func(wanted string) {
		answer := rule.No
		for _, selection := range rule.Views[planSelection](s, backupSelectionType) {
			if placeOf(selection.Resource) == placeOf(v.Resource) {
				answer = answer.Or(selection.takes(wanted))
			}
		}
		r.Expect(v.Tags.At(backupTag), answer, "a backup selection of this tag")
	})
}

// placeOf is the account and region that a resource's provider builds in.
func placeOf(res *rule.Resource) (place [2]string) {
	at := rule.Provider[struct {
		Accounts rule.List[rule.Value[string]] `prop:"allowedAccountIds"`
		Region   rule.Value[string]            `prop:"region"`
	}](res)
	place[0], _ = at.Region.Get()
	if accounts, _ := at.Accounts.Items(); len(accounts) > 0 {
		place[1], _ = accounts[0].Get()
	}
	return place
}

func (v planSelection) takes(wanted string) rule.Truth {
	answer := anySelects(v.Tags, wanted)
	conditions, state := v.Conditions.Items()
	if state == rule.Unknown {
		return answer.Or(rule.Maybe)
	}
	for _, c := range conditions {
		answer = answer.Or(anySelects(c.Equals, wanted))
	}
	return answer
}

func anySelects(tags rule.List[selectedTag], wanted string) rule.Truth {
	items, state := tags.Items()
	answer := rule.No
	if state == rule.Unknown {
		answer = rule.Maybe
	}
	for _, t := range items {
		key := t.Key.Holds(func(key string) bool { return strings.TrimPrefix(key, "aws:ResourceTag/") == backupTag }, rule.No)
		answer = answer.Or(key.And(rule.Is(t.Value, wanted)))
	}
	return answer
}

func coveredBy(stack string) rule.Given {
	return rule.Given{Type: rdsInstanceType, Props: rule.Props{"tags": rule.Props{backupTag: stack}}}
}

func elsewhere(g rule.Given) rule.Given {
	g.Provider = account("444455556666")
	return g
}

func selecting(stack string) rule.Given {
	return rule.Given{Type: backupSelectionType, Props: rule.Props{"conditions": []rule.Props{{
		"stringEquals": []rule.Props{{"key": "aws:ResourceTag/" + backupTag, "value": stack}},
	}}}}
}
