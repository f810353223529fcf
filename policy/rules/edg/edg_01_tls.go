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
			rule.Row("sslPolicy", rule.Satisfies(modern.MatchString, "a policy without TLS 1.0 and 1.1", "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "ELBSecurityPolicy-2016-08"),
				rule.AbsentIsBad, aws.LBListener).Where(speaksTLS), // absent: the one of 2016
			rule.Row("viewerCertificate.cloudfrontDefaultCertificate", rule.Satisfies(func(own bool) bool { return !own },
				"false: with CloudFront's own certificate TLS 1.0 is offered", false, true), rule.AbsentIsGood, aws.CloudFrontDistribution).Named("cloudfront").
				WithFix("Give the distribution a certificate of its own and minimumProtocolVersion TLSv1.2_2021 or newer."),
			rule.Row("viewerCertificate.minimumProtocolVersion", rule.Among("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"), rule.AbsentIsBad, aws.CloudFrontDistribution).
				Where(rule.Has("viewerCertificate.cloudfrontDefaultCertificate", rule.Equals(false), rule.Yes)).Named("cloudfront").
				WithFix("Give the distribution a certificate of its own and minimumProtocolVersion TLSv1.2_2021 or newer."),
			rule.Row("securityPolicy", rule.Equals("TLS_1_2"), rule.AbsentIsBad, aws.APIGatewayDomainName).Named("api-gateway").
				WithFix("Set securityPolicy of the domain name to TLS_1_2."),
			rule.Row("domainNameConfiguration.securityPolicy", rule.Equals("TLS_1_2"), rule.AbsentIsBad, aws.APIGatewayV2DomainName).Named("api-gateway").
				WithFix("Set securityPolicy of the domain name to TLS_1_2."),
		),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"})},
		{Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06"})}, // its ciphers are EDG-02's
		{Given: listener("HTTP", nil)},
	},
	Bad: []rule.Example{
		{Caught: "sslPolicy", Given: listener("TLS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-0-2021-06"})},
	},
}
