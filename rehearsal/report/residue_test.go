package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWriteResidueGroupsByFateAndKind(t *testing.T) {
	r := Report{Stack: "ch"}
	for _, name := range []string{"g", "b", "c", "d", "e", "f", "a", "a"} {
		r.Residue = append(r.Residue, Residue{"holds data", "aws:s3/bucketV2:BucketV2", name})
	}
	r.Residue = append(r.Residue, Residue{"kept by the program", "aws:ec2/vpc:Vpc", "main"})
	var out strings.Builder
	WriteResidue(&out, r)
	assert.Equal(t, `
ch leaves behind, as on the real clouds
  holds data: aws:s3/bucketV2:BucketV2 a, b, c, d, e and 2 more
  kept by the program: aws:ec2/vpc:Vpc main
`, out.String())
}
