package deploy

import (
	"fmt"
	"regexp"
	"slices"

	"tenant-runtime/components/storage"
)

// SnapshotID is the name of a snapshot of RDS, in the home region.
type SnapshotID string

var snapshotShape = regexp.MustCompile(`^(rds:)?[a-zA-Z](-?[a-zA-Z0-9])*$`)

// Shape is the pattern of such a name.
func (SnapshotID) Shape() string { return snapshotShape.String() }

// UnmarshalText accepts names as RDS gives them and lets people choose them.
func (s *SnapshotID) UnmarshalText(text []byte) error {
	if !snapshotShape.Match(text) || len(text) > 255 {
		return fmt.Errorf("%q is not the name of a snapshot: copy it from `aws rds describe-db-snapshots`", text)
	}
	*s = SnapshotID(text)
	return nil
}

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
