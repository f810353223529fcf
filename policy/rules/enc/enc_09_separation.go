package enc

import (
	"slices"
	"strings"

	"tenant-runtime/policy/iam"
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/kind/azure"
	"tenant-runtime/policy/kind/gcp"
	"tenant-runtime/policy/rule"
	"tenant-runtime/policy/rules/grants"
	"tenant-runtime/policy/rules/keying"
	"tenant-runtime/regions"
)

// KeyDutiesSeparated is ENC-09. That other tenants are kept out is TEN-04.
var KeyDutiesSeparated = rule.Rule{
	ID: "ENC-09", Name: "separation", Title: "Who administers a key cannot use it, and nobody outside can do either",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "Who can both open data and change who may open it answers to nobody.",
	Fix: "Declare keys through components/keys; grant use through a service or to a named role, and administration elsewhere.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.Row("policy", rule.Set("a policy that separates administration from use"), rule.AbsentIsBad, aws.KMSKey), // without one the account's root may do everything
			rule.Row("bypassPolicyLockoutSafetyCheck", rule.Equals(false), rule.AbsentIsGood, aws.KMSKey),
			rule.On(func(v struct {
				Policy rule.Value[rule.Policy] `prop:"policy"`
			}, r *rule.Report) {
				rule.When(r, v.Policy, func(p rule.Policy) { keyPolicySeparates(p, r) })
			}, aws.KMSKey),
		),
		GCP: rule.By(
			rule.Row("role", rule.Among(useOnGCP...), rule.AbsentIsBad, gcp.KMSCryptoKeyIAMMember, gcp.KMSCryptoKeyIAMBinding),
			rule.Row("member", grants.Named, rule.AbsentIsGood, gcp.KMSCryptoKeyIAMMember),
			rule.Row("members[]", grants.Named, rule.AbsentIsGood, gcp.KMSCryptoKeyIAMBinding),
			rule.Refuses("a grant on all keys of the ring", "a grant on one key", gcp.KMSKeyRingIAMMember, gcp.KMSKeyRingIAMBinding, gcp.KMSKeyRingIAMPolicy),
		),
		Azure: rule.By(
			rule.Row("properties.enableRbacAuthorization", rule.Equals(true), rule.AbsentIsBad, azure.KeyVaultVault),
			rule.On(func(v struct {
				Policies rule.List[vaultAccess] `prop:"properties.accessPolicies"`
			}, r *rule.Report) {
				rule.ForEach(r, v.Policies, rule.AbsentIsGood, "", func(entry vaultAccess) {
					r.Reject(entry.Object, "no access policies: they name no scope below the vault")
				})
			}, azure.KeyVaultVault),
			rule.Row("roleDefinitionId", rule.Satisfies(onlyUsesKeys, "a role that only uses keys: administration stays with the subscription's own roles",
				roleOnAzure+"e147488a-f6f5-4113-8e2d-b22465e65bf6", roleOnAzure+administersOnAzure[0]), rule.AbsentIsBad, azure.AuthorizationRoleAssignment),
		),
	},
	Good: []rule.Example{
		{Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":["kms:PutKeyPolicy"],"Resource":"*"},
			{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"s3.eu-central-1.amazonaws.com"}}},
			{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"kms:GenerateDataKey*","Resource":"*"}`)},
	},
	Bad: []rule.Example{
		{Caught: "policy.Statement[0].Principal", Given: keyWith(`{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*"}`)},
		{Caught: "policy.Statement[0].Principal", Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"kms:Decrypt","Resource":"*"}`)},
		{Caught: "policy.Statement[0].Action", Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}`)},
		{Caught: "policy.Statement[1].Action", Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:PutKeyPolicy","Resource":"*"},
			{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:Decrypt","Resource":"*"}`)},
		{Caught: "policy.Statement[1].Action", Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:PutKeyPolicy","Resource":"*"},
			{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:Decrypt","Resource":"*","Condition":{"StringEqualsIfExists":{"kms:ViaService":"s3.eu-central-1.amazonaws.com"}}}`)},
		{Caught: "properties.accessPolicies[0].objectId", Given: keying.Vault(rule.Props{"enableRbacAuthorization": true, "accessPolicies": []rule.Props{{"objectId": "o"}}}), DecidedWithout: true},
	},
}

var (
	administersKey = []string{"kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"}
	usesKey        = []string{"kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncrypt"}

	useOnGCP = []string{"roles/cloudkms.cryptoKeyEncrypterDecrypter", "roles/cloudkms.cryptoKeyEncrypter", "roles/cloudkms.cryptoKeyDecrypter"}

	// How Azure writes a role; the one of the example is Crypto Service Encryption User.
	roleOnAzure = "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/"

	// Key Vault Administrator and Key Vault Crypto Officer, the same in every directory.
	administersOnAzure = []string{"00482a5a-887f-4fb3-b363-3b7fe8e74483", "14b46e9e-c2b7-41b4-b07b-48a6ebf60603"}
)

func onlyUsesKeys(id string) bool {
	return !slices.ContainsFunc(administersOnAzure, func(role string) bool { return strings.HasSuffix(id, role) })
}

// keyPolicySeparates reads a key's policy. The account's root stands for whoever
// IAM of the account allows: it may administer, and use the key only by way of a
// service, which kms:ViaService sees to.
func keyPolicySeparates(p rule.Policy, r *rule.Report) {
	administers := map[iam.Principal]bool{}
	for _, s := range p.Allows() {
		for _, who := range s.Principals {
			administers[who] = administers[who] || s.Names(administersKey...)
		}
	}
	for _, s := range p.Allows() {
		switch {
		case s.Everyone():
			r.Found(s.Part("Principal"), "everybody", "named principals")
		case slices.ContainsFunc(s.Principals, func(who iam.Principal) bool { return foreign(who, r.Runtime()) }):
			r.Found(s.Part("Principal"), "another account", "principals of the stack's accounts")
		case s.Names(administersKey...) && s.Names(usesKey...):
			r.Found(s.Part("Action"), "administration and use", "one of them")
		case s.Names(usesKey...) && directly(s) && slices.ContainsFunc(s.Principals, func(who iam.Principal) bool { return administers[who] }):
			r.Found(s.Part("Action"), "use by who also administers", "use through a service (kms:ViaService) or by others")
		}
	}
}

// directly reports whether a statement lets a key be used without a service.
func directly(s rule.Statement) bool {
	return s.MayApply(iam.Request{Context: map[string][]string{"kms:ViaService": nil}})
}

// foreign recognises principals of accounts that are not the stack's.
func foreign(who iam.Principal, rt *rule.Runtime) bool {
	if who.Kind != "AWS" || rt.Account == "" {
		return false
	}
	id := who.ID
	if parts := strings.Split(id, ":"); len(parts) > 4 {
		id = parts[4]
	}
	return id != rt.Account
}

type vaultAccess struct {
	Object rule.Value[string] `prop:"objectId"`
}

func keyWith(statements string) []rule.Given {
	return []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"policy": `{"Statement":[` + statements + `]}`}}}
}
