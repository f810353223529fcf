package run

import (
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"

	"tenant-runtime/rehearsal/sim"
)

func TestWriteResidueGroupsByFateAndKind(t *testing.T) {
	var residue []sim.Resource
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "f"} {
		residue = append(residue, sim.Resource{
			URN: resource.URN("urn:pulumi:ch::tenant-runtime::aws:kms/key:Key::" + name), Kind: "aws:kms/key:Key",
			Fate: sim.Pending, Until: 30 * 24 * time.Hour,
		})
	}
	residue = append(residue, sim.Resource{URN: "urn:pulumi:ch::tenant-runtime::aws:ec2/vpc:Vpc::main", Kind: "aws:ec2/vpc:Vpc"})
	var out strings.Builder
	WriteResidue(&out, "ch", residue)
	assert.Equal(t, `
ch leaves behind, as the real clouds would
  pending deletion until 2026-01-31    aws:kms/key:Key: a, b, c, d, e and 1 more
  standing                             aws:ec2/vpc:Vpc: main
`, out.String())
	out.Reset()
	WriteResidue(&out, "ch", nil)
	assert.Empty(t, out.String())
}
