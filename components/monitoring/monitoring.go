// Package monitoring is the way from an alarm to a person.
//
// Guarantees: alarms reach the team by two different kinds of channel (LOG-09),
// only the operator's own alarms can notify (ACC-02), and what they say is encrypted
// with a customer-managed key and travels over TLS only (ENC-03).
package monitoring

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/value"
)

// Type is the component's type token.
const Type = "tenant-runtime:monitoring:Monitoring"

// Args says who is told.
type Args struct {
	Scope  scope.Scope
	Keys   keys.Ref // with the purpose Messaging: encrypts messages that wait
	Emails []value.Email
	SMS    []value.Phone
}

// Ref is the way from an alarm to a person.
type Ref struct {
	Topic pulumi.StringOutput // what an alarm names as its action (AWS: topic ARN); resolves only after its policy stands
}

// Where implements component.Args.
func (a Args) Where() scope.Scope { return a.Scope.In(scope.Management).Holding(scope.Internal) }

// Check implements component.Args.
func (a Args) Check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	if err := a.Keys.Has(keys.Messaging); err != nil {
		return err
	}
	if len(a.Emails) == 0 || len(a.SMS) == 0 {
		return errors.New("e-mail addresses and telephone numbers must both be given: of two kinds of channel one may be down (LOG-09)")
	}
	if region := a.Scope.Place.Region; slices.Contains(region.Lacks, "sns-sms") {
		return fmt.Errorf("region %s sends no SMS; give LOG-09 another second channel here before using it", region.ID)
	}
	return nil
}
