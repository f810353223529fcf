package edg

import (
	"regexp"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
)

// tlsListener is a listener as a client sees it.
type tlsListener struct {
	Protocol rule.Value[string] `prop:"protocol"`
	Policy   rule.Value[string] `prop:"sslPolicy"`
	Frames   rule.Value[string] `prop:"routingHttpResponseXFrameOptionsHeaderValue"`
	Content  rule.Value[string] `prop:"routingHttpResponseContentSecurityPolicyHeaderValue"`
	Strict   rule.Value[string] `prop:"routingHttpResponseStrictTransportSecurityHeaderValue"`
}

// whenTLS runs a check on listeners that decrypt. Without a protocol a listener
// speaks HTTP.
func whenTLS(v tlsListener, r *rule.Report, check func(protocol string)) {
	rule.When(r, v.Protocol, func(protocol string) {
		if protocol == "HTTPS" || protocol == "TLS" {
			check(protocol)
		}
	})
}

// modern are the policies of ELB without TLS 1.0 and 1.1, by how AWS names them.
// (AWS, "Security policies for your Application Load Balancer", read November 2026.)
var modern = regexp.MustCompile(`^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-`)

// none is the condition of what must not be there.
func none(any) bool { return false }

func listener(protocol string, more rule.Props) []rule.Given {
	props := rule.Props{"port": 443, "protocol": protocol}
	for k, v := range more {
		props[k] = v
	}
	return []rule.Given{{Type: aws.LBListener, Props: props}}
}
