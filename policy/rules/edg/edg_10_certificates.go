package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// CertificatesIssued is EDG-10.
var CertificatesIssued = rule.Rule{
	ID: "EDG-10", Name: "certificates", Title: "The platform issues and renews server certificates, with strong keys",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "A private key in code is known to many, and a certificate renewed by hand runs out on a holiday.",
	Fix: "Declare an acm.Certificate validated by DNS, as components/edge does.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v struct {
				Key        rule.Value[string] `prop:"privateKey"`
				Algorithm  rule.Value[string] `prop:"keyAlgorithm"`
				Validation rule.Value[string] `prop:"validationMethod"`
				Logged     rule.Value[string] `prop:"options.certificateTransparencyLoggingPreference"`
			}, r *rule.Report) {
				rule.OneOf(r, v.Algorithm, rule.AbsentIsGood, "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1") // RSA_2048 is the default
				rule.MustNot(r, v.Logged, "DISABLED", rule.AbsentIsGood)
				rule.Match(r, v.Key, func(string) bool { return false }, "no private key in a program", rule.AbsentIsGood)
				if _, imported := v.Key.Get(); imported == rule.Absent {
					rule.Must(r, v.Validation, "DNS", rule.AbsentIsBad) // by e-mail, a person renews it
				}
			}, aws.ACMCertificate),
			rule.On(func(v struct{ *rule.Resource }, r *rule.Report) {
				r.Found(v.Resource, "a certificate uploaded with its private key", "one that ACM issues")
			}, aws.IAMServerCertificate),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: certificate(rule.Props{"keyAlgorithm": "EC_prime256v1", "options": rule.Props{"certificateTransparencyLoggingPreference": "ENABLED"}})},
		{Given: certificate(nil)},
	},
	Bad: []rule.Example{
		{Caught: "privateKey", Given: certificate(rule.Props{"privateKey": rule.Secret{Value: "pem"}, "certificateBody": "pem"})},
		{Caught: "keyAlgorithm", Given: certificate(rule.Props{"keyAlgorithm": "RSA_1024"})},
		{Caught: "validationMethod", Given: certificate(rule.Props{"validationMethod": "EMAIL"})},
		{Caught: "options.certificateTransparencyLoggingPreference", Given: certificate(rule.Props{"options": rule.Props{"certificateTransparencyLoggingPreference": "DISABLED"}})},
		{Given: []rule.Given{{Type: aws.IAMServerCertificate}}},
	},
}

func certificate(more rule.Props) []rule.Given {
	props := rule.Props{"domainName": "app.example.com", "validationMethod": "DNS"}
	for k, v := range more {
		props[k] = v
	}
	return []rule.Given{{Type: aws.ACMCertificate, Props: props}}
}
