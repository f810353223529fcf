package enc

import (
	"strconv"
	"strings"
)

const day = 24 * 60 * 60 // in seconds, the unit of GCP's durations

// seconds reads a duration of GCP's: seconds with an s. Anything else is none.
func seconds(duration string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(duration, "s"))
	if err != nil {
		return 0
	}
	return n
}
