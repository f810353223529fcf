package regions

var awsRegions = []Region{
	{ID: "eu-central-1", Cloud: AWS, Place: "Frankfurt", Country: "DE", Jurisdiction: EU, Zones: []string{"eu-central-1a", "eu-central-1b", "eu-central-1c"}},
	{ID: "eu-central-2", Cloud: AWS, Place: "Zurich", Country: "CH", Jurisdiction: CH, Zones: []string{"eu-central-2a", "eu-central-2b", "eu-central-2c"}, Access: OptIn},
	{ID: "eu-north-1", Cloud: AWS, Place: "Stockholm", Country: "SE", Jurisdiction: EU, Zones: []string{"eu-north-1a", "eu-north-1b", "eu-north-1c"}},
	{ID: "eu-south-1", Cloud: AWS, Place: "Milan", Country: "IT", Jurisdiction: EU, Zones: []string{"eu-south-1a", "eu-south-1b", "eu-south-1c"}, Access: OptIn},
	{ID: "eu-south-2", Cloud: AWS, Place: "Spain", Country: "ES", Jurisdiction: EU, Zones: []string{"eu-south-2a", "eu-south-2b", "eu-south-2c"}, Access: OptIn},
	{ID: "eu-west-1", Cloud: AWS, Place: "Ireland", Country: "IE", Jurisdiction: EU, Zones: []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"}},
	{ID: "eu-west-2", Cloud: AWS, Place: "London", Country: "GB", Jurisdiction: "", Zones: []string{"eu-west-2a", "eu-west-2b", "eu-west-2c"}},
	{ID: "eu-west-3", Cloud: AWS, Place: "Paris", Country: "FR", Jurisdiction: EU, Zones: []string{"eu-west-3a", "eu-west-3b", "eu-west-3c"}},
	{ID: "us-east-1", Cloud: AWS, Place: "N. Virginia", Country: "US", Jurisdiction: US, Zones: []string{"us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"}},
	{ID: "us-east-2", Cloud: AWS, Place: "Ohio", Country: "US", Jurisdiction: US, Zones: []string{"us-east-2a", "us-east-2b", "us-east-2c"}},
	{ID: "us-west-2", Cloud: AWS, Place: "Oregon", Country: "US", Jurisdiction: US, Zones: []string{"us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"}},
}
