package clouds_test

import "slices"

// examples has at least one resource of every kind, each after what it refers to.
var examples = slices.Concat(awsExamples, awsAccountExamples, awsNetworkExamples, awsServiceExamples, awsEdgeExamples, gcpExamples, azureExamples)
