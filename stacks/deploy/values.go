package deploy

import (
	"fmt"
	"slices"

	"tenant-runtime/components/storage"
)

// StoreName names one of the stores of a cell.
type StoreName string

// Restorable lists the stores that are backed up.
func Restorable() (names []StoreName) {
	for purpose, c := range storage.Contents {
		if c.Backed {
			names = append(names, StoreName(purpose))
		}
	}
	slices.Sort(names)
	return names
}

// UnmarshalText accepts the stores that are backed up.
func (s *StoreName) UnmarshalText(text []byte) error {
	if !slices.Contains(Restorable(), StoreName(text)) {
		return fmt.Errorf("%q is not a store that is backed up: use one of %v", text, Restorable())
	}
	*s = StoreName(text)
	return nil
}
