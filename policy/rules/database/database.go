// Package database knows what several areas ask of databases.
package database

import "tenant-runtime/policy/rule"

// Parameter is one setting of a parameter group on AWS.
type Parameter struct {
	Name  rule.Value[string] `prop:"name"`
	Value rule.Value[string] `prop:"value"`
}
