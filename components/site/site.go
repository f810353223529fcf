// Package site is what a part of a runtime needs of the place where it is built.
package site

import (
	"errors"
	"fmt"

	"tenant-runtime/components/keys"
	"tenant-runtime/components/monitoring"
	"tenant-runtime/components/scope"
)

// Site is a place with its keys and the topic of its alarms. Its scope
// says for whom, and where: a cell has one at home and, where its jurisdiction has
// a second region, one to recover in.
type Site struct {
	Scope  scope.Scope
	Keys   keys.Ref
	Alarms monitoring.Ref
}

// Check reports what a component could not work with at the site: a key of each
// purpose is needed.
func (s Site) Check(purposes ...keys.Purpose) error {
	if err := s.Scope.Check(); err != nil {
		return err
	}
	if err := s.Keys.Has(purposes...); err != nil {
		return err
	}
	if s.Alarms.Topic.OutputState == nil {
		return errors.New("no alarms are given: what fails must tell somebody")
	}
	return nil
}

// CheckBoth checks the site at home and, if there is one, the site to recover in.
func CheckBoth(home Site, recovery *Site, atHome, there []keys.Purpose) error {
	if err := home.Check(atHome...); err != nil {
		return err
	}
	if recovery == nil {
		return nil
	}
	if err := recovery.Check(there...); err != nil {
		return fmt.Errorf("recovery: %w", err)
	}
	if recovery.Scope.Place.Region.ID == home.Scope.Place.Region.ID {
		return fmt.Errorf("recovery: %s is the home region", home.Scope.Place.Region.ID)
	}
	return nil
}
