package golden

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
	"tenant-runtime/rehearsal/sim/mock"
	"tenant-runtime/stacks/deploy"
)

// picture draws the shared cell of a stack on AWS and its tenants as a Mermaid
// flowchart. Every box and line is read from the plan: a thick line is a route, an
// arrow a security group that lets another one in, a dotted arrow a copy.
type picture struct {
	config deploy.Config
	plan   *mock.Plan
	box    map[string]string         // the box of a resource, by id, ARN and name
	ports  map[[2]string][]string    // of arrows
	lines  []string                  // of the chart
	inputs map[string]map[string]any // by URN
}

func draw(config deploy.Config, plan *mock.Plan) string {
	p := &picture{config: config, plan: plan, box: map[string]string{}, ports: map[[2]string][]string{}, inputs: map[string]map[string]any{}}
	for _, r := range plan.Resources {
		p.inputs[string(r.URN)] = r.Inputs.Mappable()
	}
	p.line("flowchart TB")
	p.line("  internet((Internet))")
	p.line("  subgraph home[\"%s, account %s\"]", config.Home.ID, config.AccountID)
	p.network()
	p.stores()
	p.line("  end")
	p.recovery()
	p.tenants()
	p.routes()
	p.connections()
	p.copies()
	return strings.Join(p.lines, "\n") + "\n"
}

func (p *picture) line(format string, args ...any) {
	p.lines = append(p.lines, fmt.Sprintf(format, args...))
}

// join draws a line between two boxes once.
func (p *picture) join(from, line, to string) {
	if text := "  " + from + " " + line + " " + to; from != to && !slices.Contains(p.lines, text) {
		p.lines = append(p.lines, text)
	}
}

// cell returns the resources of a type.
func (p *picture) cell(typ string) []mock.Resource { return p.plan.Of(typ) }

// get returns the texts that a path leads to, through lists as well.
func (p *picture) get(r mock.Resource, path string) []string {
	return gather(p.inputs[string(r.URN)], strings.Split(path, "."))
}

func (p *picture) one(r mock.Resource, path string) string {
	return strings.Join(p.get(r, path), " ")
}

func gather(v any, path []string) (found []string) {
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			found = append(found, gather(element, path)...)
		}
	case map[string]any:
		if len(path) > 0 {
			return gather(v[path[0]], path[1:])
		}
	case nil:
	default:
		found = append(found, fmt.Sprint(v))
	}
	return found
}

// put says which box a resource is in: its tenant's, or else the given one.
func (p *picture) put(r mock.Resource, box string) {
	if tenant := p.one(r, "tags.tenant"); tenant != string(value.Shared) && tenant != "" {
		box = tenant
	}
	p.box[r.ID] = box
	for _, output := range gather(r.Outputs.Mappable(), []string{"arn"}) {
		p.box[output] = box
	}
}

// network draws firewalls and zones, from the least to the most trusted.
func (p *picture) network() {
	subnets := p.cell("aws:ec2/subnet:Subnet")
	places := map[string]bool{}
	for _, s := range subnets {
		p.put(s, p.one(s, "tags.zone"))
		places[p.one(s, "availabilityZone")] = true
	}
	p.line("    subgraph network[\"network %s, every path once in each of %d availability zones\"]", p.config.Cell.Network, len(places))
	for _, f := range p.cell("aws:networkfirewall/firewall:Firewall") {
		name := strings.TrimPrefix(f.Name, "network-")
		p.line("      %s{{%s firewall}}", name, name)
		for _, id := range append(p.get(f, "subnetMappings.subnetId"), gather(f.Outputs.Mappable(), strings.Split("firewallStatuses.syncStates.attachments.endpointId", "."))...) {
			p.box[id] = name
		}
	}
	for _, gateway := range p.cell("aws:ec2/internetGateway:InternetGateway") {
		p.put(gateway, "internet")
	}
	for _, zone := range scope.Zones {
		p.line("      %s[\"<b>%s</b>%s\"]", zone, zone, p.contents(string(zone)))
	}
	p.line("    end")
}

// notable are the resources that are named in their zone, and how.
var notable = []struct{ typ, word string }{
	{"aws:wafv2/webAcl:WebAcl", "web firewall"},
	{"aws:lb/loadBalancer:LoadBalancer", "load balancer"},
	{"aws:ec2/natGateway:NatGateway", "NAT gateway"},
	{"aws:rds/instance:Instance", "PostgreSQL"},
	{"aws:ec2/vpcEndpoint:VpcEndpoint", "private endpoint"},
}

func (p *picture) contents(zone string) (text string) {
	if zone == string(scope.App) {
		text = "<br/>workloads" // declared by others
	}
	for _, group := range p.cell("aws:ec2/securityGroup:SecurityGroup") {
		p.put(group, p.one(group, "tags.zone"))
	}
	for _, kind := range notable {
		count := map[string]int{}
		for _, r := range p.cell(kind.typ) {
			if p.one(r, "tags.zone") != zone || p.one(r, "vpcEndpointType") == "Gateway" {
				continue
			}
			if p.put(r, zone); p.box[r.ID] == zone {
				count[kind.word+p.standby(r)]++
			}
		}
		for _, word := range slices.Sorted(maps.Keys(count)) {
			text += several(count[word], word)
		}
	}
	return text
}

func (p *picture) standby(r mock.Resource) string {
	if p.one(r, "multiAz") == "true" {
		return ", standby in another zone"
	}
	return ""
}

// several writes a line of a box: none, one or more of a thing.
func several(n int, thing string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "<br/>" + thing
	}
	return fmt.Sprintf("<br/>%d %ss", n, thing)
}

// stores draws what lies in no network.
func (p *picture) stores() {
	names := func(typ, component string) (all []string) {
		for _, r := range p.cell(typ) {
			if p.put(r, component); r.Parent.Name() == component {
				all = append(all, strings.TrimPrefix(r.Name, component+"-"))
			}
		}
		return all
	}
	p.line("    storage[(\"<b>stores</b><br/>%s\")]", strings.Join(names("aws:s3/bucketV2:BucketV2", "storage"), ", "))
	p.line("    keys[\"<b>keys</b>, one each for<br/>%s\"]", strings.Join(names("aws:kms/key:Key", "keys"), ", "))
	for _, v := range p.cell("aws:backup/vault:Vault") {
		if p.region(v) == string(p.config.Home.ID) {
			p.vault(v, "    ")
		}
	}
	for _, trail := range p.cell("aws:cloudtrail/trail:Trail") {
		p.put(trail, "trail")
		p.line("    trail[\"<b>audit trail</b><br/>of all regions\"]")
	}
}

func (p *picture) region(r mock.Resource) string {
	provider, _ := p.plan.Find(string(r.Provider.Type()), r.Provider.Name())
	return p.one(provider, "region")
}

func (p *picture) vault(v mock.Resource, indent string) {
	box := strings.ReplaceAll(v.Name, "-", "_")
	p.put(v, box)
	lock, _ := p.plan.Find("aws:backup/vaultLockConfiguration:VaultLockConfiguration", v.Name)
	p.line("%s%s[(\"<b>backups</b><br/>locked for %s to %s days\")]", indent, box, p.one(lock, "minRetentionDays"), p.one(lock, "maxRetentionDays"))
}

func (p *picture) recovery() {
	p.line("  subgraph recovery[\"%s, same account\"]", p.config.Recovery.ID)
	for _, v := range p.cell("aws:backup/vault:Vault") {
		if p.region(v) == string(p.config.Recovery.ID) {
			p.vault(v, "    ")
		}
	}
	if logs := p.cell("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"); len(logs) > 0 {
		p.line("    log[(\"<b>database log</b><br/>any moment of %s days\")]", p.one(logs[0], "retentionPeriod"))
	}
	p.line("  end")
}

// tenants draws what each tenant has of its own.
func (p *picture) tenants() {
	for _, t := range p.config.Tenants {
		count, standby := map[string]int{}, ""
		for _, r := range p.plan.Resources {
			if p.one(r, "tags.tenant") == string(t.Name) {
				count[r.Type]++
				standby += p.standby(r)
			}
		}
		words := ""
		for _, kind := range []struct{ typ, words string }{
			{"aws:rds/instance:Instance", "PostgreSQL" + standby}, {"aws:s3/bucketV2:BucketV2", "store"}, {"aws:kms/key:Key", "key"},
			{"aws:iam/policy:Policy", "role"}, {"aws:secretsmanager/secret:Secret", "secret"},
		} {
			words += several(count[kind.typ], kind.words)
		}
		p.line("  %s([\"<b>%s</b>, %s%s\"])", t.Name, t.Name, t.Isolation, words)
	}
}
