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
		AWS: rule.By(rule.On(func(v struct {
			Policy   rule.Value[rule.Policy] `prop:"policy"`
			LockedIn rule.Value[bool]        `prop:"bypassPolicyLockoutSafetyCheck"`
		}, r *rule.Report) {
			// Without a policy the account's root may do everything.
			rule.Present(r, v.Policy, "a policy that separates administration from use")
			rule.When(r, v.Policy, func(p rule.Policy) { keyPolicySeparates(p, r) })
			rule.Must(r, v.LockedIn, false, rule.AbsentIsGood)
		}, aws.KMSKey)),
		GCP: rule.By(
			rule.On(func(v struct {
				Role rule.Value[string] `prop:"role"`
				grants.Grant
			}, r *rule.Report) {
				rule.OneOf(r, v.Role, rule.AbsentIsBad, useOnGCP...)
				grants.ByName(v.Grant, r)
			}, gcp.KMSCryptoKeyIAMMember, gcp.KMSCryptoKeyIAMBinding),
			rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
				r.Found(v.Resource, "a grant on all keys of the ring", "a grant on one key")
			}, gcp.KMSKeyRingIAMMember, gcp.KMSKeyRingIAMBinding, gcp.KMSKeyRingIAMPolicy),
		),
		Azure: rule.By(
			rule.On(func(v struct {
				ByRole   rule.Value[bool]       `prop:"properties.enableRbacAuthorization"`
				Policies rule.List[vaultAccess] `prop:"properties.accessPolicies"`
			}, r *rule.Report) {
				rule.Must(r, v.ByRole, true, rule.AbsentIsBad)
				rule.ForEach(r, v.Policies, rule.AbsentIsGood, "", func(entry vaultAccess) {
					r.Reject(entry.Object, "no access policies: they name no scope below the vault")
				})
			}, azure.KeyVaultVault),
			rule.On(func(v struct {
				Role rule.Value[string] `prop:"roleDefinitionId"`
			}, r *rule.Report) {
				rule.Match(r, v.Role, func(id string) bool {
					return !slices.ContainsFunc(administersOnAzure, func(role string) bool { return strings.HasSuffix(id, role) })
				},
					"a role that only uses keys: administration stays with the subscription's own roles", rule.AbsentIsBad)
			}, azure.AuthorizationRoleAssignment),
		),
	},
	Good: []rule.Example{
		{Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":["kms:PutKeyPolicy"],"Resource":"*"},
			{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"s3.eu-central-1.amazonaws.com"}}},
			{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"kms:GenerateDataKey*","Resource":"*"}`)},
		{Given: []rule.Given{{Type: gcp.KMSCryptoKeyIAMMember, Props: rule.Props{"role": "roles/cloudkms.cryptoKeyEncrypterDecrypter", "member": "serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com"}}}},
		{Given: keying.Vault(rule.Props{"enableRbacAuthorization": true})},
		{Given: assigning("e147488a-f6f5-4113-8e2d-b22465e65bf6")}, // Crypto Service Encryption User
	},
	Bad: []rule.Example{
		{Caught: "policy", Given: []rule.Given{{Type: aws.KMSKey}}},
		{Caught: "policy.Statement[0].Principal", Given: keyWith(`{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*"}`)},
		{Caught: "policy.Statement[0].Principal", Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999999999999:root"},"Action":"kms:Decrypt","Resource":"*"}`)},
		{Caught: "policy.Statement[0].Action", Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}`)},
		{Caught: "policy.Statement[1].Action", Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:PutKeyPolicy","Resource":"*"},
			{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:Decrypt","Resource":"*"}`)},
		{Caught: "policy.Statement[1].Action", Given: keyWith(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:PutKeyPolicy","Resource":"*"},
			{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:Decrypt","Resource":"*","Condition":{"StringEqualsIfExists":{"kms:ViaService":"s3.eu-central-1.amazonaws.com"}}}`)},
		{Caught: "bypassPolicyLockoutSafetyCheck", Given: []rule.Given{{Type: aws.KMSKey, Props: rule.Props{"bypassPolicyLockoutSafetyCheck": true,
			"policy": `{"Statement":{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}}`}}}},
		{Caught: "role", Given: []rule.Given{{Type: gcp.KMSCryptoKeyIAMMember, Props: rule.Props{"role": "roles/cloudkms.admin", "member": "group:ops@example.com"}}}},
		{Caught: "member", Given: []rule.Given{{Type: gcp.KMSCryptoKeyIAMMember, Props: rule.Props{"role": "roles/cloudkms.cryptoKeyDecrypter", "member": "allAuthenticatedUsers"}}}},
		{Given: []rule.Given{{Type: gcp.KMSKeyRingIAMMember}}},
		{Caught: "properties.enableRbacAuthorization", Given: keying.Vault(rule.Props{"enablePurgeProtection": true})},
		{Caught: "properties.accessPolicies[0].objectId", Given: keying.Vault(rule.Props{"enableRbacAuthorization": true, "accessPolicies": []rule.Props{{"objectId": "o"}}}), DecidedWithout: true},
		{Caught: "roleDefinitionId", Given: assigning("00482a5a-887f-4fb3-b363-3b7fe8e74483")},
	},
}

var (
	administersKey = []string{"kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"}
	usesKey        = []string{"kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncrypt"}

	useOnGCP = []string{"roles/cloudkms.cryptoKeyEncrypterDecrypter", "roles/cloudkms.cryptoKeyEncrypter", "roles/cloudkms.cryptoKeyDecrypter"}

	// Key Vault Administrator and Key Vault Crypto Officer, the same in every directory.
	administersOnAzure = []string{"00482a5a-887f-4fb3-b363-3b7fe8e74483", "14b46e9e-c2b7-41b4-b07b-48a6ebf60603"}
)

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

func assigning(role string) []rule.Given {
	return []rule.Given{{Type: azure.AuthorizationRoleAssignment, Props: rule.Props{
		"roleDefinitionId": "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/" + role}}}
}
