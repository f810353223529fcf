package log

import (
	"tenant-runtime/policy/kind/aws"
	"tenant-runtime/policy/rule"
)

// trail is one that every rule accepts, but for the given properties.
func trail(but rule.Props) rule.Given {
	props := rule.Props{
		"isMultiRegionTrail": true, "includeGlobalServiceEvents": true, "enableLogging": true, "cloudWatchLogsGroupArn": "arn:aws:logs:x",
		"insightSelectors":        []rule.Props{{"insightType": "ApiCallRateInsight"}},
		"enableLogFileValidation": true, "kmsKeyId": "arn:aws:kms:x",
	}
	for name, value := range but {
		props[name] = value
	}
	return rule.Given{Type: aws.CloudTrailTrail, Name: "trail", Props: props}
}
