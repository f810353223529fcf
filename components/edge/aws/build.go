// Package aws declares the edge as an application load balancer behind AWS WAF.
package aws

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/edge"
	"tenant-runtime/components/scope"
)

type builder struct{ *component.Builder[edge.Args] }

// New declares the edge.
func New(ctx *pulumi.Context, name string, args edge.Args, opts ...pulumi.ResourceOption) (edge.Ref, error) {
	return component.New(ctx, edge.Type, name, args, opts, func(b *component.Builder[edge.Args]) (edge.Ref, error) {
		return builder{b}.build()
	})
}

func (b builder) build() (edge.Ref, error) {
	group, err := b.securityGroup()
	if err != nil {
		return edge.Ref{}, err
	}
	certificate, err := b.certificate()
	if err != nil {
		return edge.Ref{}, err
	}
	balancer, err := b.loadBalancer(group)
	if err != nil {
		return edge.Ref{}, err
	}
	firewall, err := b.firewall(balancer)
	if err != nil {
		return edge.Ref{}, err
	}
	target, listener, err := b.listeners(balancer, certificate, firewall)
	if err != nil {
		return edge.Ref{}, err
	}
	if err := b.records(balancer, listener); err != nil {
		return edge.Ref{}, err
	}
	return edge.Ref{
		Address: scope.After(balancer.DnsName, listener),
		AWS:     &edge.AWS{SecurityGroup: group, TargetGroup: target.Arn},
	}, b.alarms(balancer, certificate)
}
