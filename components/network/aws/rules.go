package aws

import (
	"fmt"

	"tenant-runtime/components/network"
)

// managed are AWS's own rule groups, in the order in which they look at traffic:
// threat intelligence (NET-08), then signatures (NET-06). They are referenced,
// not copied, so AWS keeps them current (NET-07). It is AWS's recommended set; it
// takes 29000 of the 30000 rules that a policy may have (AWS Network Firewall
// best practices, "Getting started policy", read November 2026), so adding one
// needs a raised quota first. All exist wherever the service does.
var managed = []string{
	"AttackInfrastructure",
	"BotNetCommandAndControlDomains",
	"AbusedLegitBotNetCommandAndControlDomains",
	"MalwareDomains",
	"AbusedLegitMalwareDomains",
	"ThreatSignaturesBotnet",
	"ThreatSignaturesBotnetWeb",
	"ThreatSignaturesMalware",
	"ThreatSignaturesMalwareCoinmining",
	"ThreatSignaturesExploits",
	"ThreatSignaturesIOC",
	"ThreatSignaturesScanners",
	"ThreatSignaturesSuspect",
	"ThreatSignaturesEmergingEvents",
	"ThreatSignaturesDoS",
}

// The rules of our own two groups share what the managed ones leave. A group's
// capacity cannot be changed in place, so both have room to grow.
const (
	borderCapacity = 100
	egressCapacity = 800 // one per host
)

// borderRules are the Suricata rules that hold at both firewalls, whatever the
// list of hosts says. The first that matches decides: first what is never
// allowed, then the ways in. The ways out follow in a group of their own.
func borderRules() string {
	rules := []string{
		// Nothing but TCP has a reason to pass. This must be said, because the
		// default action waits for a connection and UDP has none.
		`drop ip any any -> any any (msg:"NET-06 not TCP"; ip_proto:!TCP; %s)`,
		`drop tcp any any -> any any (msg:"NET-06 unknown protocol"; app-layer-protocol:failed; %s)`,
		`drop tls any any -> any any (msg:"EDG-01 TLS older than 1.2"; ssl_version:sslv2,sslv3,tls1.0,tls1.1; %s)`,
		`drop tcp $HOME_NET any -> $EXTERNAL_NET [21,23,25,80,110,143] (msg:"NET-09 plain-text port"; flow:to_server; %s)`,
		`drop http $HOME_NET any -> $EXTERNAL_NET any (msg:"NET-09 plain-text HTTP"; flow:to_server; %s)`,
		`drop ftp $HOME_NET any -> $EXTERNAL_NET any (msg:"NET-09 plain-text FTP"; flow:to_server; %s)`,
		`drop smtp $HOME_NET any -> $EXTERNAL_NET any (msg:"NET-09 plain-text SMTP"; flow:to_server; %s)`,
		`drop imap $HOME_NET any -> $EXTERNAL_NET any (msg:"NET-09 plain-text IMAP"; flow:to_server; %s)`,

		`pass tls $EXTERNAL_NET any -> $EDGE 443 (msg:"NET-13 client to edge"; flow:to_server; %s)`,
		`pass http $EXTERNAL_NET any -> $EDGE 80 (msg:"EDG-03 client to be redirected"; flow:to_server; %s)`,
		`pass tls $EDGE any -> $APP ` + fmt.Sprint(network.ServicePort) + ` (msg:"NET-13 edge to workload"; flow:to_server; %s)`,
	}
	text := ""
	for i, rule := range rules {
		text += fmt.Sprintf(rule, fmt.Sprintf("sid:%d; rev:1;", 1000001+i)) + "\n"
	}
	return text
}
