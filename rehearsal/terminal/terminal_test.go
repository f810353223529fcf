package terminal

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNeitherABufferNorAFileIsATerminal(t *testing.T) {
	var buffer strings.Builder
	columns, ok := Width(&buffer)
	assert.False(t, ok)
	assert.Equal(t, Elsewhere, columns)

	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a device, but no terminal
	require.NoError(t, err)
	defer null.Close()
	_, ok = Width(null)
	assert.False(t, ok)
}

func TestCutCountsCharacters(t *testing.T) {
	assert.Equal(t, "a · b", Cut("a · b · c", 5))
	assert.Equal(t, "short", Cut("short", 60))
}
