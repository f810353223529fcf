package edg

import (
	"regexp"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// Ciphers is EDG-02.
var Ciphers = rule.Rule{
	ID: "EDG-02", Name: "ciphers", Title: "Clients are offered forward-secret AEAD suites only",
	Severity: rule.High, Level: rule.Mandatory,
	Why: "Without forward secrecy one stolen key opens all recorded traffic; CBC suites have been broken again and again.",
	Fix: "Set sslPolicy to a policy named Res, such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.Row("sslPolicy", rule.Satisfies(func(policy string) bool { return !modern.MatchString(policy) || forwardSecret.MatchString(policy) }, // the others are EDG-01's
			"a policy with forward-secret AEAD suites only", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "ELBSecurityPolicy-TLS13-1-2-2021-06"), rule.AbsentIsGood, aws.LBListener).Where(speaksTLS)),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"})},
		{Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09"})},
		{Given: listener("TLS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"})},
		{Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-FS-1-2-Res-2020-10"})},
	},
	Bad: []rule.Example{
		{Caught: "sslPolicy", Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Ext2-PQ-2025-09"})},
		{Caught: "sslPolicy", Given: listener("HTTPS", rule.Props{"sslPolicy": "ELBSecurityPolicy-FS-1-2-Res-2019-08"})},
	},
}

// forwardSecret are ECDHE with GCM, or TLS 1.3. FS-1-2-Res has CBC suites in its
// version of 2019 and none in that of 2020.
var forwardSecret = regexp.MustCompile(`^ELBSecurityPolicy-((TLS13-1-3|TLS13-1-2-Res)(-FIPS)?(-PQ)?-\d{4}-\d{2}|FS-1-2-Res-2020-10)$`)
