// Package logging records who did what and keeps the record out of reach.
//
// Guarantees: every call to the cloud's interfaces, in every region, and every
// access to tenants' files is recorded (LOG-01, LOG-02); a record is kept for as
// long as its class asks (LOG-06), cannot be altered or removed unnoticed
// (LOG-07) and is encrypted with a customer-managed key (LOG-18).
package logging

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
)

// Class decides how long a log is kept (LOG-06).
type Class string

// The classes of logs.
const (
	Security Class = "security" // who did what: trail, flows, firewall, WAF, database audit
	Service  Class = "service"  // the rest
)

// retention in days. CloudWatch accepts listed values only (… 60, 90, 120, 150,
// 180, 365, 400 …). A year for security logs is what the Swiss ordinance (DSV
// art. 4) asks of high-risk processing, and it costs the other jurisdictions little.
var retention = map[Class]int{Security: 365, Service: 90}

// Days is how long a log of the class is kept. An unknown class panics: where it
// would be none, clouds keep a log for ever.
func (c Class) Days() int {
	days, ok := retention[c]
	if !ok {
		panic("logging: there is no class " + string(c))
	}
	return days
}

// Type is the component's type token.
const Type = "tenant-runtime:logging:Logging"

// Args says where the audit trail goes.
type Args struct {
	Scope   scope.Scope
	Keys    keys.Ref            // with the purpose Logs: encrypts the trail
	Archive pulumi.StringOutput // store of the purpose Archive: locked, and open to this trail only
}

// Ref is the audit trail of a runtime.
type Ref struct {
	Trail pulumi.StringOutput // the trail (AWS: its ARN)
	Group pulumi.StringOutput // where it can be searched and alarmed on (AWS: log group name)
}

// Where implements component.Args.
func (a Args) Where() scope.Scope { return a.Scope.In(scope.Management).Holding(scope.Confidential) }

// Check implements component.Args.
func (a Args) Check() error {
	if err := a.Scope.Check(); err != nil {
		return err
	}
	if err := a.Keys.Has(keys.Logs); err != nil {
		return err
	}
	if a.Archive.OutputState == nil {
		return errors.New("archive is not given: the trail goes to a locked store")
	}
	return nil
}
