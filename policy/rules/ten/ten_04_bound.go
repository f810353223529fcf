package ten

import (
	"strings"

	"tenant-runtime/policy/iam"
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/policies"
	"tenant-runtime/policy/rules/tenancy"
	"tenant-runtime/regions"
)

// TenantBound is TEN-04.
var TenantBound = rule.Rule{
	ID: "TEN-04", Name: "bound", Title: "Who the tenant is follows from the identity, and stores compare it",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "A session that may choose its tenant reads everybody's data with one wrong parameter.",
	Fix: "Declare roles and stores through components/tenant, keys and storage, whose policies bind and compare the tag.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Trust rule.Value[rule.Policy] `prop:"assumeRolePolicy"`
			}, r *rule.Report) {
				rule.When(r, v.Trust, func(p rule.Policy) { cannotChooseTenant(p, r) })
			}, aws.IAMRole),
			rule.On(func(v policies.OfBucket, r *rule.Report) {
				v.Denies(r, comparing, []string{"s3:GetObject", "s3:PutObject"}, strangersTag)
			}, aws.S3BucketPolicy),
			comparesOn(aws.KMSKey, "kms:Decrypt"),
			comparesOn(aws.SecretsManagerSecret, "secretsmanager:GetSecretValue"),
		),
		GCP:   rule.Pending("tenant"),
		Azure: rule.Pending("tenant"),
	},
	Good: []rule.Example{
		{Given: trusting(`"Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["eks-cluster-arn"]}}`)},
		{Given: []rule.Given{{Type: aws.S3BucketPolicy, Props: rule.Props{"policy": comparison}}}},
		{Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged("acme", rule.Props{"policy": comparison})}}, Runtime: tenancy.Runtime},
		{Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged(tenancy.Shared, nil)}}},
	},
	Bad: []rule.Example{
		{Caught: "assumeRolePolicy.Statement[0].Condition", Given: trusting(`"Resource":"*"`)},
		{Caught: "assumeRolePolicy.Statement[0].Condition", Given: trusting(`"Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["tenant"]}}`)},
		{Caught: "assumeRolePolicy.Statement[0].Condition", Given: trusting(`"Condition":{"StringLike":{"aws:TagKeys":["*"]}}`)},
		{Caught: "policy", Given: []rule.Given{{Type: aws.S3BucketPolicy, Props: rule.Props{"policy": `{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}}`}}}},
		{Caught: "policy", Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged("acme", rule.Props{"policy": strings.ReplaceAll(comparison, "StringNotEquals", "StringEquals")})}}, Runtime: tenancy.Runtime},
		{Caught: "policy", Given: []rule.Given{{Type: aws.KMSKey, Props: tenancy.Tagged("acme", rule.Props{"policy": strings.ReplaceAll(comparison, `"Action":"*"`, `"Action":"s3:*"`)})}}, Runtime: tenancy.Runtime},
		{Caught: "policy", Given: []rule.Given{{Type: aws.SecretsManagerSecret, Props: tenancy.Tagged("acme", nil)}}, Runtime: tenancy.Runtime},
	},
}

const (
	comparing  = "a Deny for callers whose tag tenant is another"
	comparison = `{"Statement":` + tenancy.RefusesOthers + `}`
)

func trusting(rest string) []rule.Given {
	return []rule.Given{{Type: aws.IAMRole, Props: rule.Props{"assumeRolePolicy": `{"Statement":{"Effect":"Allow",
		"Principal":{"Service":"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"],` + rest + `}}`}}}
}

// strangersTag is what another tenant's callers carry.
var strangersTag = map[string][]string{"aws:PrincipalTag/tenant": {"another-tenant"}}

// comparesOn checks a store that says itself whom it belongs to.
func comparesOn(kind, action string) rule.Check {
	return rule.On(func(v struct {
		Tenant rule.Value[string]      `prop:"tags.tenant"`
		Policy rule.Value[rule.Policy] `prop:"policy"`
	}, r *rule.Report) {
		tenancy.OfTenant(r, v.Tenant, func(name string) {
			if name != tenancy.Shared {
				rule.Match(r, v.Policy, func(p rule.Policy) bool {
					return p.SurelyDenies(iam.Request{Principal: iam.Anyone, Action: action, Context: strangersTag})
				}, comparing, rule.AbsentIsBad)
			}
		})
	}, kind)
}

// cannotChooseTenant looks at trust that lets the caller bring tags: tenant must not
// be among them.
func cannotChooseTenant(p rule.Policy, r *rule.Report) {
	for _, s := range p.Allows() {
		for _, tag := range []string{"tenant", "Tenant"} {
			if s.MayApply(iam.Request{Action: "sts:TagSession", Context: map[string][]string{"aws:TagKeys": {tag}}}) {
				r.Found(s.Part("Condition"), "session tags of the caller's choice", "ForAllValues:StringEquals of aws:TagKeys, without tenant")
				break
			}
		}
	}
}
