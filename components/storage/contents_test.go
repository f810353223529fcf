package storage_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
)

// Nothing is kept for ever (BAK-15), no lock outlasts what it locks (C-20).
func TestContentsEnd(t *testing.T) {
	for purpose, c := range storage.Contents {
		assert.Positive(t, c.Undo, "%s: deleted files stay for ever", purpose)
		if c.Lock > 0 {
			assert.Greater(t, c.Keep, c.Lock, "%s: would end while it is locked", purpose)
		}
		if c.Keep == 0 {
			assert.True(t, c.Pooled, "%s: no tenant whose end would be the files'", purpose)
		}
		assert.Equal(t, c.Class == scope.Confidential, c.Zone == scope.Management, "%s: records are kept away from what they record", purpose)
	}
}
