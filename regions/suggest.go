package regions

import (
	"fmt"
	"strings"
)

// suggestion names the catalogue's closest region, so that a typing error is
// answered with its correction.
func suggestion(text string) string {
	best, least := ID(""), 4
	for _, r := range catalogue {
		if d := distance(strings.ToLower(text), string(r.ID)); d < least {
			best, least = r.ID, d
		}
	}
	if best == "" {
		return "; the regions are listed in regions/*.go"
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// distance is the number of edits that turn a into b (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitute := diagonal
			if a[i] != b[j] {
				substitute++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitute, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
