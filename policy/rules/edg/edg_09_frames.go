package edg

import (
	"strings"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
	"tenant-runtime/regions"
)

// NotFramed is EDG-09.
var NotFramed = rule.Rule{
	ID: "EDG-09", Name: "frames", Title: "Foreign pages cannot embed the application",
	Severity: rule.Medium, Level: rule.Mandatory,
	Why: "In a foreign page's frame, users click what they do not see.",
	Fix: "Set routingHttpResponseXFrameOptionsHeaderValue to DENY on the HTTPS listener.",
	Checks: regions.Each[rule.Checks]{
		AWS: rule.By(rule.On(func(v struct {
			Frames  rule.Value[string] `prop:"routingHttpResponseXFrameOptionsHeaderValue"`
			Content rule.Value[string] `prop:"routingHttpResponseContentSecurityPolicyHeaderValue"`
		}, r *rule.Report) {
			r.Expect(v.Frames, rule.Is(v.Frames, "DENY", "SAMEORIGIN").Or(v.Content.Holds(restrictsFrames, rule.No)), "DENY or SAMEORIGIN, or frame-ancestors in the content security policy")
		}, aws.LBListener).Where(speaksHTTPS)),
		GCP:   rule.Pending("edge"),
		Azure: rule.Pending("edge"),
	},
	Good: []rule.Example{
		{Given: listener("HTTPS", rule.Props{"routingHttpResponseXFrameOptionsHeaderValue": "DENY"})},
		{Given: listener("HTTPS", rule.Props{"routingHttpResponseContentSecurityPolicyHeaderValue": "default-src 'self'; frame-ancestors 'none'"})},
		{Given: listener("TLS", nil)},
	},
	Bad: []rule.Example{
		{Caught: "routingHttpResponseXFrameOptionsHeaderValue", Given: listener("HTTPS", nil)},
		{Caught: "routingHttpResponseXFrameOptionsHeaderValue", Given: listener("HTTPS", rule.Props{"routingHttpResponseXFrameOptionsHeaderValue": "ALLOWALL"})},
		{Caught: "routingHttpResponseXFrameOptionsHeaderValue", Given: listener("HTTPS", rule.Props{"routingHttpResponseContentSecurityPolicyHeaderValue": "frame-ancestors https: *"})},
	},
}

// restrictsFrames looks for frame-ancestors without a source that is everybody.
func restrictsFrames(policy string) bool {
	for _, directive := range strings.Split(policy, ";") {
		words := strings.Fields(strings.ToLower(directive))
		if len(words) < 2 || words[0] != "frame-ancestors" {
			continue
		}
		for _, source := range words[1:] {
			if strings.Contains(source, "*") || strings.HasSuffix(source, ":") {
				return false
			}
		}
		return true
	}
	return false
}
