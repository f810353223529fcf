package edg

import (
	"regexp"
	"strconv"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// HTTPSRemembered is EDG-11.
var HTTPSRemembered = rule.Rule{
	ID: "EDG-11", Name: "hsts", Title: "Browsers are told to use HTTPS for at least a year",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "The redirect itself travels in plain text; a browser that remembers never asks for it.",
	Fix: "Set routingHttpResponseStrictTransportSecurityHeaderValue with a max-age of 31536000 or more.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.Row("routingHttpResponseStrictTransportSecurityHeaderValue", rule.Satisfies(lastsAYear, "max-age of at least 31536000",
			"max-age=31536000; includeSubDomains", "max-age=300"), rule.AbsentIsBad, aws.LBListener).Where(speaksHTTPS)),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{{Given: listener("HTTPS", rule.Props{"routingHttpResponseStrictTransportSecurityHeaderValue": `max-age="31536000"`})}, {Given: listener("TLS", nil)}},
}

var maxAge = regexp.MustCompile(`(?i)(?:^|;)\s*max-age="?(\d+)`)

func lastsAYear(header string) bool {
	m := maxAge.FindStringSubmatch(header)
	if m == nil {
		return false
	}
	seconds, err := strconv.Atoi(m[1])
	return err == nil && seconds >= 31536000
}
