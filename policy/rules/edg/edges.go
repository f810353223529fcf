package edg

import (
	"regexp"

	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
)

// speaksTLS is so of listeners that decrypt, speaksHTTPS of those that see headers, too.
// Without a protocol a listener speaks HTTP.
var (
	speaksTLS   = rule.Has("protocol", rule.Among("HTTPS", "TLS"), rule.No)
	speaksHTTPS = rule.Has("protocol", rule.Equals("HTTPS"), rule.No)
)

// application is so of the load balancers that read requests.
var application = rule.Has("loadBalancerType", rule.Equals("application"), rule.Yes)

// modern are the policies of ELB without TLS 1.0 and 1.1, by how AWS names them.
// (AWS, "Security policies for your Application Load Balancer", read November 2026.)
var modern = regexp.MustCompile(`^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-`)

func listener(protocol string, more rule.Props) []rule.Given {
	props := rule.Props{"port": 443, "protocol": protocol}
	for k, v := range more {
		props[k] = v
	}
	return []rule.Given{{Type: aws.LBListener, Props: props}}
}
