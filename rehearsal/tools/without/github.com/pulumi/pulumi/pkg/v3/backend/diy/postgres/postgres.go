// Package postgres stands in for state in a PostgreSQL database.
package postgres

import "github.com/pulumi/pulumi/pkg/v3/leftout"

func init() { leftout.State("postgres").Register() }
