package main

import (
	"cmp"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHomeFlag(t *testing.T) {
	cases := []struct {
		args []string
		want string
	}{
		{[]string{"up"}, "default"},
		{[]string{"up", "--home", "/h", "ch"}, "/h"},
		{[]string{"--home=/h", "up"}, "/h"},
		{[]string{"pulumi", "--", "stack", "--home", "/h"}, "default"},
		{[]string{"up", "--home"}, "default"}, // the second stage complains
	}
	for _, c := range cases {
		assert.Equal(t, c.want, cmp.Or(homeFlag(c.args), "default"), "%v", c.args)
	}
}
