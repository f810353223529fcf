package golden

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tenant-runtime/rehearsal/sim/mock"
)

// routes joins the boxes that route tables join.
func (p *picture) routes() {
	tables := map[string]mock.Resource{}
	for _, table := range p.cell("aws:ec2/routeTable:RouteTable") {
		tables[table.ID] = table
	}
	for _, a := range p.cell("aws:ec2/routeTableAssociation:RouteTableAssociation") {
		from := p.box[cmp.Or(p.one(a, "subnetId"), p.one(a, "gatewayId"))]
		for _, via := range []string{"vpcEndpointId", "natGatewayId", "gatewayId"} {
			for _, id := range p.get(tables[p.one(a, "routeTableId")], "routes."+via) {
				ends := []string{from, p.box[id]}
				slices.Sort(ends)
				p.join(ends[0], "===", ends[1])
			}
		}
	}
}

// connections draws who may talk to whom.
func (p *picture) connections() {
	for _, rule := range p.cell("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
		from := "internet"
		if group := p.one(rule, "referencedSecurityGroupId"); group != "" {
			from = p.box[group]
		}
		ends := [2]string{from, p.box[p.one(rule, "securityGroupId")]}
		p.ports[ends] = append(p.ports[ends], p.one(rule, "fromPort"))
	}
	for _, ends := range slices.SortedFunc(maps.Keys(p.ports), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		p.join(ends[0], "-->|"+strings.Join(p.ports[ends], ", ")+"|", ends[1])
	}
}

// copies draws what is copied where.
func (p *picture) copies() {
	for _, trail := range p.cell("aws:cloudtrail/trail:Trail") {
		p.join("trail", "-->", p.box[p.one(trail, "s3BucketName")])
	}
	for _, point := range p.cell("aws:s3/accessPoint:AccessPoint") {
		p.join(point.Parent.Name(), "-->", p.box[p.one(point, "bucket")])
	}
	for _, plan := range p.cell("aws:backup/plan:Plan") {
		home := p.box[p.get(plan, "rules.targetVaultName")[0]]
		for _, typ := range []string{"aws:rds/instance:Instance", "aws:s3/bucketV2:BucketV2"} {
			for _, r := range p.cell(typ) {
				if p.one(r, "tags.backup") != "" {
					p.join(p.box[r.ID], "-.->", home)
				}
			}
		}
		for _, to := range p.get(plan, "rules.copyActions.destinationVaultArn") {
			p.join(home, "-.->", p.box[to])
		}
	}
	for _, r := range p.cell("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication") {
		p.join(p.box[p.one(r, "sourceDbInstanceArn")], "-.->", "log")
	}
}
