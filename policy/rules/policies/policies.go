// Package policies knows what several areas ask of policy documents on AWS.
package policies

import (
	"tenant-runtime/policy/iam"
	"tenant-runtime/policy/rule"
)

// OfBucket is a bucket's policy and which bucket it is for.
type OfBucket struct {
	Bucket rule.Value[string]      `prop:"bucket"`
	Policy rule.Value[rule.Policy] `prop:"policy"`
}

// Denies demands that the policy denies the actions on the bucket's objects to
// everybody whose request has the context, whatever else it has.
func (v OfBucket) Denies(r *rule.Report, wanted string, actions []string, context map[string][]string) {
	object := ""
	if bucket, state := v.Bucket.Get(); state == rule.Known {
		object = "arn:aws:s3:::" + bucket + "/any/object"
	}
	rule.Match(r, v.Policy, func(p rule.Policy) bool {
		for _, action := range actions {
			if !p.SurelyDenies(iam.Request{Principal: iam.Anyone, Action: action, Resource: object, Context: context}) {
				return false
			}
		}
		return true
	}, wanted, rule.AbsentIsBad)
}

// Stranger is the context of a request from outside, as far as the keys tell: with a
// value of somebody else's, and without the key.
func Stranger(keys ...string) (with, without map[string][]string) {
	with, without = map[string][]string{}, map[string][]string{}
	for _, key := range keys {
		with[key], without[key] = []string{"a-stranger"}, nil
	}
	return with, without
}

// OpenTo reports whether a statement may let a stranger in.
func OpenTo(s rule.Statement, keys ...string) bool {
	with, without := Stranger(keys...)
	return s.MayApply(iam.Request{Context: with}) || s.MayApply(iam.Request{Context: without})
}
