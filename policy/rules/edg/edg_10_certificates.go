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
			rule.Row("keyAlgorithm", rule.Among("RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"), rule.AbsentIsGood, aws.ACMCertificate), // RSA_2048 is the default
			rule.Row("options.certificateTransparencyLoggingPreference", rule.Differs("DISABLED"), rule.AbsentIsGood, aws.ACMCertificate),
			rule.Row("privateKey", rule.Unset("no private key in a program"), rule.AbsentIsGood, aws.ACMCertificate),
			rule.Row("validationMethod", rule.Equals("DNS"), rule.AbsentIsBad, aws.ACMCertificate).
				Where(rule.Has("privateKey", rule.Unset("none"), rule.Yes)), // by e-mail, a person renews it
			rule.Refuses("a certificate uploaded with its private key", "one that ACM issues", aws.IAMServerCertificate),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Bad: []rule.Example{
		{Caught: "privateKey", Given: []rule.Given{{Type: aws.ACMCertificate, Props: rule.Props{"privateKey": rule.Secret{Value: "pem"}, "certificateBody": "pem"}}}},
	},
}
