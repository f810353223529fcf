package regions

// gcpZones is the source of the rows. Zone letters have gaps: us-east1 and europe-west1 begin
// with b, us-central1 ends with f.
const gcpZones = "cloud.google.com/memorystore/docs/redis/regions, which repeats the list of Compute Engine; read November 2026"

var gcpRows = []row{
	{id: "europe-central2", place: "Warsaw", country: "PL", zones: "abc", source: gcpZones},
	{id: "europe-north1", place: "Hamina", country: "FI", zones: "abc", source: gcpZones},
	{id: "europe-north2", place: "Stockholm", country: "SE", zones: "abc", source: gcpZones},
	{id: "europe-southwest1", place: "Madrid", country: "ES", zones: "abc", source: gcpZones},
	{id: "europe-west1", place: "St. Ghislain", country: "BE", zones: "bcd", source: gcpZones},
	{id: "europe-west10", place: "Berlin", country: "DE", zones: "abc", source: gcpZones},
	{id: "europe-west12", place: "Turin", country: "IT", zones: "abc", source: gcpZones},
	{id: "europe-west2", place: "London", country: "GB", zones: "abc", source: gcpZones},
	{id: "europe-west3", place: "Frankfurt", country: "DE", zones: "abc", source: gcpZones},
	{id: "europe-west4", place: "Eemshaven", country: "NL", zones: "abc", source: gcpZones},
	{id: "europe-west6", place: "Zurich", country: "CH", zones: "abc", source: gcpZones},
	{id: "europe-west8", place: "Milan", country: "IT", zones: "abc", source: gcpZones},
	{id: "europe-west9", place: "Paris", country: "FR", zones: "abc", source: gcpZones},
	{id: "northamerica-northeast1", place: "Montreal", country: "CA", zones: "abc", source: gcpZones},
	{id: "northamerica-northeast2", place: "Toronto", country: "CA", zones: "abc", source: gcpZones},
	{id: "northamerica-south1", place: "Queretaro", country: "MX", zones: "abc", source: gcpZones},
	{id: "us-central1", place: "Iowa", country: "US", zones: "abcf", source: gcpZones},
	{id: "us-east1", place: "South Carolina", country: "US", zones: "bcd", source: gcpZones},
	{id: "us-east4", place: "N. Virginia", country: "US", zones: "abc", source: gcpZones},
	{id: "us-east5", place: "Columbus", country: "US", zones: "abc", source: gcpZones},
	{id: "us-south1", place: "Dallas", country: "US", zones: "abc", source: gcpZones},
	{id: "us-west1", place: "Oregon", country: "US", zones: "abc", source: gcpZones},
	{id: "us-west2", place: "Los Angeles", country: "US", zones: "abc", source: gcpZones},
	{id: "us-west3", place: "Salt Lake City", country: "US", zones: "abc", source: gcpZones},
	{id: "us-west4", place: "Las Vegas", country: "US", zones: "abc", source: gcpZones},
}
