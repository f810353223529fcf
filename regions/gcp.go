package regions

var gcpRegions = []Region{
	{ID: "europe-west3", Cloud: GCP, Place: "Frankfurt", Country: "DE", Jurisdiction: EU, Zones: []string{"europe-west3-a", "europe-west3-b", "europe-west3-c"}},
	{ID: "europe-west4", Cloud: GCP, Place: "Netherlands", Country: "NL", Jurisdiction: EU, Zones: []string{"europe-west4-a", "europe-west4-b", "europe-west4-c"}},
	{ID: "europe-west6", Cloud: GCP, Place: "Zurich", Country: "CH", Jurisdiction: CH, Zones: []string{"europe-west6-a", "europe-west6-b", "europe-west6-c"}},
	{ID: "us-central1", Cloud: GCP, Place: "Iowa", Country: "US", Jurisdiction: US, Zones: []string{"us-central1-a", "us-central1-b", "us-central1-c"}},
}
