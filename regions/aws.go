package regions

// Sources of the rows. Zone letters are mapped per account in the oldest regions,
// so eu-west-1a of two accounts need not be one building.
const (
	awsZones = "docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html, November 2025"
	awsGaps  = awsZones + "; gaps: botocore endpoints.json, August 2026"
	awsGaps2 = awsZones + "; gaps: aws-sdk-go v1.55.8 endpoints.json, July 2025"
	awsOptIn = "; opt-in: docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html"
)

var awsRows = []row{
	{id: "ca-central-1", place: "Montreal", country: "CA", zones: "abd", source: awsZones},
	{id: "ca-west-1", place: "Calgary", country: "CA", zones: "abc", access: OptIn, source: awsZones + awsOptIn},
	{id: "eu-central-1", place: "Frankfurt", country: "DE", zones: "abc", source: awsGaps},
	{id: "eu-central-2", place: "Zurich", country: "CH", zones: "abc", access: OptIn, lacks: []string{"backup-gateway", "macie2", "memorydb", "rds-data", "resiliencehub", "securitylake"}, source: awsGaps + awsOptIn},
	{id: "eu-north-1", place: "Stockholm", country: "SE", zones: "abc", lacks: []string{"rds-data"}, source: awsGaps2},
	{id: "eu-south-1", place: "Milan", country: "IT", zones: "abc", access: OptIn, lacks: []string{"rds-data", "securitylake"}, source: awsGaps2 + awsOptIn},
	{id: "eu-south-2", place: "Aragon", country: "ES", zones: "abc", access: OptIn, lacks: []string{"backup-gateway", "inspector2", "macie2", "memorydb", "rds-data", "resiliencehub", "securitylake"}, source: awsGaps2 + awsOptIn},
	{id: "eu-west-1", place: "Dublin", country: "IE", zones: "abc", source: awsGaps},
	{id: "eu-west-2", place: "London", country: "GB", zones: "abc", source: awsGaps2},
	{id: "eu-west-3", place: "Paris", country: "FR", zones: "abc", source: awsGaps2},
	{id: "us-east-1", place: "N. Virginia", country: "US", zones: "abcdef", source: awsGaps},
	{id: "us-east-2", place: "Ohio", country: "US", zones: "abc", source: awsGaps},
	{id: "us-west-1", place: "N. California", country: "US", zones: "abc", lacks: []string{thirdZone}, source: awsGaps2}, // an account sees two of the three
	{id: "us-west-2", place: "Oregon", country: "US", zones: "abcd", source: awsGaps},
}
