package naming_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/naming"
)

const (
	balancer = "aws:lb/loadBalancer:LoadBalancer"    // at most 32
	account  = "azure-native:storage:StorageAccount" // at most 24, letters and digits only
	alias    = "aws:kms/alias:Alias"                 // begins with alias/
	logs     = "aws:cloudwatch/logGroup:LogGroup"    // parts joined by /
	wafLogs  = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
)

func TestNameKeepsWhatFits(t *testing.T) {
	for _, c := range []struct {
		kind  string
		parts []string
		want  string
	}{
		{balancer, []string{"eu", "edge"}, "eu-edge"},
		{balancer, []string{"EU", "Edge"}, "eu-edge"},
		{account, []string{"eu-1", "logs"}, "eu1logs"},
		{alias, []string{"eu", "alpha", "database"}, "alias/eu/alpha/database"},
		{logs, []string{"eu", "flows"}, "/eu/flows"},
		{wafLogs, []string{"eu", "edge"}, "aws-waf-logs-eu-edge"},
	} {
		assert.Equal(t, c.want, naming.Name(c.kind, c.parts...))
	}
}

func TestNameShortensWithoutConfusion(t *testing.T) {
	long := []string{"eu-production", "attachments", "eu-central-1", "111111111111"}
	seen := map[string][]string{}
	for _, parts := range [][]string{
		long,
		append(long[:3:3], "111111111112"), // differs in what is cut off
		{"eu-production-attachments", "eu-central-1", "111111111111"}, // other parts, joined the same
		{"euproduction", "attachments", "eucentral1", "111111111111"}, // the same once dashes are dropped
	} {
		name := naming.Name(account, parts...)
		assert.LessOrEqual(t, len(name), 24)
		assert.Regexp(t, `^[a-z0-9]+$`, name)
		assert.True(t, strings.HasPrefix(name, "euproduction"), "%s is still readable", name)
		assert.Nil(t, seen[name], "%s is the name of %v too", name, parts)
		seen[name] = parts
		assert.Equal(t, name, naming.Name(account, parts...))
	}
	assert.Regexp(t, `^eu-production-attachmen-[0-9a-f]{8}$`, naming.Name(balancer, long...))
}

func TestNameOfAnUnlistedKindSaysWhereToAddIt(t *testing.T) {
	assert.PanicsWithValue(t, `naming: no limit is known for "aws:a/b:B": add a row to components/naming/limits.go`, func() { naming.Name("aws:a/b:B") })
}
