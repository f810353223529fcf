package edg

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// TLSVersions is EDG-01.
var TLSVersions = rule.Rule{
	ID: "EDG-01", Name: "tls", Title: "Clients connect with TLS 1.2 or 1.3 only",
	Severity: rule.Critical, Level: rule.Mandatory,
	Why: "TLS 1.0 and 1.1 can be broken on the way, and AWS offers both unless told otherwise.",
	Fix: "Set sslPolicy to ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, as components/edge does.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(
			rule.On(func(v tlsListener, r *rule.Report) {
				whenTLS(v, r, func(string) {
					rule.Match(r, v.Policy, modern.MatchString, "a policy without TLS 1.0 and 1.1", rule.AbsentIsBad) // absent: the one of 2016
				})
			}, aws.LBListener),
			rule.On(func(v struct {
				Default rule.Value[bool]   `prop:"viewerCertificate.cloudfrontDefaultCertificate"`
				Least   rule.Value[string] `prop:"viewerCertificate.minimumProtocolVersion"`
			}, r *rule.Report) {
				rule.When(r, v.Default.Or(false), func(own bool) {
					if own {
						r.Reject(v.Default, "false: with CloudFront's own certificate TLS 1.0 is offered")
						return
					}
					rule.OneOf(r, v.Least, rule.AbsentIsBad, "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025")
				})
			}, aws.CloudFrontDistribution),
			rule.On(func(v struct {
				Least rule.Value[string] `prop:"securityPolicy"`
			}, r *rule.Report) {
				rule.Must(r, v.Least, "TLS_1_2", rule.AbsentIsBad)
			}, aws.APIGatewayDomainName),
			rule.On(func(v struct {
				Least rule.Value[string] `prop:"domainNameConfiguration.securityPolicy"`
			}, r *rule.Report) {
				rule.Must(r, v.Least, "TLS_1_2", rule.AbsentIsBad)
			}, aws.APIGatewayV2DomainName),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"})},
		{Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06"})}, // its ciphers are EDG-02's
		{Given: listener("HTTP", nil)},
		{Given: viewer(rule.Props{"minimumProtocolVersion": "TLSv1.2_2021"})},
		{Given: []rule.Given{{Type: aws.APIGatewayDomainName, Props: rule.Props{"securityPolicy": "TLS_1_2"}}}},
		{Given: []rule.Given{{Type: aws.APIGatewayV2DomainName, Props: rule.Props{"domainNameConfiguration": rule.Props{"securityPolicy": "TLS_1_2"}}}}},
	},
	Bad: []rule.Example{
		{Caught: "sslPolicy", Given: listener("HTTPS", nil)},
		{Caught: "sslPolicy", Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-2016-08"})},
		{Caught: "sslPolicy", Given: listener("TLS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-0-2021-06"})},
		{Caught: "viewerCertificate.minimumProtocolVersion", Given: viewer(rule.Props{"minimumProtocolVersion": "TLSv1.1_2016"})},
		{Caught: "viewerCertificate.cloudfrontDefaultCertificate", Given: viewer(rule.Props{"cloudfrontDefaultCertificate": true})},
		{Caught: "securityPolicy", Given: []rule.Given{{Type: aws.APIGatewayDomainName}}},
		{Caught: "domainNameConfiguration.securityPolicy", Given: []rule.Given{{Type: aws.APIGatewayV2DomainName, Props: rule.Props{"domainNameConfiguration": rule.Props{"securityPolicy": "TLS_1_0"}}}}},
	},
}

func viewer(certificate rule.Props) []rule.Given {
	return []rule.Given{{Type: aws.CloudFrontDistribution, Props: rule.Props{"viewerCertificate": certificate}}}
}
