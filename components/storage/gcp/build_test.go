package gcp

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/storage"
)

// What was deleted is gone within the 120 days promised to tenants (TEN-11).
func TestDeletedFilesEnd(t *testing.T) {
	for purpose, c := range storage.Contents {
		assert.LessOrEqual(t, c.Undo+softDelete/day, 120, "%s", purpose)
	}
}
