// Package monitoring is the way from an alarm to a person.
//
// Guarantees: alarms reach the team by two different kinds of channel (LOG-09),
// nobody but the operator's own alarms can ring (ACC-02), and what is said is
// sealed with the operator's key and travels over TLS only (ENC-03).
package monitoring

import (
	"fmt"
	"net/mail"
	"regexp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
	"tenant-runtime/regions"
)

// Args says who is told.
type Args struct {
	Scope  scope.Scope
	Key    pulumi.StringInput // seals messages that wait; of the purpose Messaging
	Emails []string
	SMS    []string // numbers as +41…, E.164
}

// Monitoring is the component.
type Monitoring struct {
	pulumi.ResourceState

	Topic pulumi.StringOutput // what an alarm names as its action (AWS: topic ARN); resolves only after its policy stands
}

var build = regions.Each[func(*pulumi.Context, string, Args, *Monitoring) error]{AWS: buildAWS, GCP: buildGCP, Azure: buildAzure}

// New declares the channels.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Monitoring, error) {
	if err := args.check(); err != nil {
		return nil, fmt.Errorf("monitoring %s: %w", name, err)
	}
	m := &Monitoring{}
	if err := ctx.RegisterComponentResource("tenant-runtime:monitoring:Monitoring", name, m, opts...); err != nil {
		return nil, err
	}
	if err := build.Of(args.Scope.Cloud())(ctx, name, args, m); err != nil {
		return nil, fmt.Errorf("monitoring %s: %w", name, err)
	}
	return m, ctx.RegisterResourceOutputs(m, pulumi.Map{"topic": m.Topic})
}

// e164 is the form of telephone numbers that every cloud takes.
var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

func (a Args) check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	if a.Key == nil {
		return fmt.Errorf("key is not given: alarms are sealed with the operator's key")
	}
	if len(a.Emails) == 0 || len(a.SMS) == 0 {
		return fmt.Errorf("emails has %d and sms %d entries: alarms need both kinds, one may be down (LOG-09)", len(a.Emails), len(a.SMS))
	}
	for _, address := range a.Emails {
		if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
			return fmt.Errorf("emails: %q is not a plain e-mail address", address)
		}
	}
	for _, number := range a.SMS {
		if !e164.MatchString(number) {
			return fmt.Errorf("sms: %q is not a number in the form +41791234567", number)
		}
	}
	if region := a.Scope.Home.Region; slices.Contains(region.Lacks, "sns-sms") {
		return fmt.Errorf("sms: region %s sends none; give LOG-09 another second channel here before using it", region.ID)
	}
	return nil
}
