package bak

import (
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/tenancy"
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
			rule.Row("tags."+backupTag, rule.Set("the name of the stack whose plan takes it up"), rule.AbsentIsBad, aws.S3BucketV2).
				Where(rule.Has("tags.dataClass", rule.Equals("customer"), rule.No)),
			rule.Row("tags."+backupTag, rule.Set("the name of the stack whose plan takes it up"), rule.AbsentIsBad, aws.RDSInstance),
			rule.InStack(storeIsSelected, aws.S3BucketV2, aws.RDSInstance),
		),
		GCP:   rule.Pending("backup"),
		Azure: rule.Pending("backup"),
	},
	Good: []rule.Example{
		{Given: []rule.Given{coveredBy("eu"), selecting("eu")}},
		{Given: []rule.Given{coveredBy("eu")}, Runtime: inCellOf("eu")},
		{Given: []rule.Given{coveredBy("eu"), {Type: aws.BackupSelection, Props: rule.Props{
			"selectionTags": []rule.Props{{"type": "STRINGEQUALS", "key": backupTag, "value": "eu"}}}}}},
		{Given: []rule.Given{{Type: aws.S3BucketV2, Props: rule.Props{"tags": rule.Props{"dataClass": "confidential"}}}}},
	},
	Bad: []rule.Example{
		{Caught: "tags." + backupTag, Given: []rule.Given{{Type: aws.S3BucketV2, Props: rule.Props{"tags": rule.Props{"dataClass": "customer"}}}}},
		{Caught: "tags." + backupTag, Given: []rule.Given{coveredBy("eu"), selecting("us")}},
		{Caught: "tags." + backupTag, Given: []rule.Given{coveredBy("eu")}},
		{Caught: "tags." + backupTag, Given: []rule.Given{coveredBy("eu-tenants")}, Runtime: inCellOf("eu")},
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
// up what lies in its own account and region. Of tenants in another stack's cell the
// plan is that stack's, and its own review looks at it.
func storeIsSelected(v coveredStore, s *rule.Stack, r *rule.Report) {
	if cell := r.Runtime().CellOf(); cell != "" {
		rule.Must(r, v.Tags.At(backupTag), cell, rule.AbsentIsGood)
		return
	}
	rule.When(r, v.Tags.At(backupTag), func(wanted string) {
		answer := rule.No
		if selected, ok := selectedTags.Of(s)[placeOf(v.Resource)]; ok {
			answer = selected.About(wanted)
		}
		r.Expect(v.Tags.At(backupTag), answer, "a backup selection of this tag")
	})
}

// selectedTags says, per account and region, which values of the tag plans select.
var selectedTags = rule.Derive(func(s *rule.Stack) map[place]*rule.Answers {
	selected := map[place]*rule.Answers{}
	for _, selection := range rule.Views[planSelection](s, aws.BackupSelection) {
		at := placeOf(selection.Resource)
		if selected[at] == nil {
			selected[at] = rule.NewAnswers()
		}
		selection.takes(selected[at])
	}
	return selected
})

// place is an account and a region.
type place struct{ account, region string }

// placeOf is where a resource's provider builds.
func placeOf(res *rule.Resource) (at place) {
	v := rule.Provider[struct {
		Accounts rule.List[rule.Value[string]] `prop:"allowedAccountIds"`
		Region   rule.Value[string]            `prop:"region"`
	}](res)
	at.region, _ = v.Region.Get()
	if accounts, _ := v.Accounts.Items(); len(accounts) > 0 {
		at.account, _ = accounts[0].Get()
	}
	return at
}

// takes notes what the selection selects.
func (v planSelection) takes(selected *rule.Answers) {
	lists := []rule.List[selectedTag]{v.Tags}
	conditions, state := v.Conditions.Items()
	if state == rule.Unknown {
		selected.SayOfAll(rule.Maybe)
	}
	for _, c := range conditions {
		lists = append(lists, c.Equals)
	}
	for _, tags := range lists {
		items, state := tags.Items()
		if state == rule.Unknown {
			selected.SayOfAll(rule.Maybe)
		}
		for _, t := range items {
			selected.Say(t.Value, t.Key.Holds(func(key string) bool { return strings.TrimPrefix(key, "aws:ResourceTag/") == backupTag }, rule.No))
		}
	}
}

func coveredBy(stack string) rule.Given {
	return rule.Given{Type: aws.RDSInstance, Props: rule.Props{"tags": rule.Props{backupTag: stack}}}
}

func inCellOf(stack string) *rule.Runtime {
	rt := *tenancy.Runtime
	rt.CellSection = &rule.Section{Stack: stack}
	return &rt
}

func elsewhere(g rule.Given) rule.Given {
	g.Provider = tenancy.InAccount("444455556666")
	return g
}

func selecting(stack string) rule.Given {
	return rule.Given{Type: aws.BackupSelection, Props: rule.Props{"conditions": []rule.Props{{
		"stringEquals": []rule.Props{{"key": "aws:ResourceTag/" + backupTag, "value": stack}},
	}}}}
}
