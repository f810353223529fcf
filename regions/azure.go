package regions

var azureRegions = []Region{
	{ID: "germanywestcentral", Cloud: Azure, Place: "Frankfurt", Country: "DE", Jurisdiction: EU, Zones: []string{"1", "2", "3"}, Pair: "germanynorth"},
	{ID: "northeurope", Cloud: Azure, Place: "Ireland", Country: "IE", Jurisdiction: EU, Zones: []string{"1", "2", "3"}, Pair: "westeurope"},
	{ID: "switzerlandnorth", Cloud: Azure, Place: "Zurich", Country: "CH", Jurisdiction: CH, Zones: []string{"1", "2", "3"}, Pair: "switzerlandwest"},
	{ID: "switzerlandwest", Cloud: Azure, Place: "Geneva", Country: "CH", Jurisdiction: CH, Zones: nil, Pair: "switzerlandnorth", Access: Restricted},
	{ID: "westeurope", Cloud: Azure, Place: "Netherlands", Country: "NL", Jurisdiction: EU, Zones: []string{"1", "2", "3"}, Pair: "northeurope"},
}
