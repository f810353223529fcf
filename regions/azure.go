package regions

// Sources of the rows. Zones are logical numbers: the building behind a number
// differs per subscription. Geo-redundancy always means the pair, so a region
// without one has none.
const (
	azureList     = "learn.microsoft.com/azure/reliability/regions-list, March 2025"
	azureNew      = "learn.microsoft.com/azure/reliability/regions-list, undated edition read November 2026"
	azurePairs    = "learn.microsoft.com/azure/reliability/cross-region-replication-azure, December 2022"
	azurePostgres = azureList + "; PostgreSQL: learn.microsoft.com/azure/postgresql/overview#azure-regions, 18 November 2025"
)

// blockedHA is what Azure Database for PostgreSQL refuses in a region that has zones.
const blockedHA = "new zone-redundant PostgreSQL servers"

var azureRows = []row{
	{id: "australiacentral", place: "Canberra", country: "AU", pair: "australiacentral2", source: azureList},
	{id: "australiacentral2", place: "Canberra", country: "AU", pair: "australiacentral", access: Restricted, source: azureList},
	{id: "austriaeast", place: "Vienna", country: "AT", zones: "123", source: azureNew},
	{id: "belgiumcentral", place: "Brussels", country: "BE", zones: "123", source: azureNew},
	{id: "canadacentral", place: "Toronto", country: "CA", zones: "123", pair: "canadaeast", source: azureList},
	{id: "canadaeast", place: "Quebec", country: "CA", pair: "canadacentral", source: azureList},
	{id: "centralus", place: "Iowa", country: "US", zones: "123", pair: "eastus2", source: azurePostgres},
	{id: "eastus", place: "Virginia", country: "US", zones: "123", pair: "westus", source: azureList},
	{id: "eastus2", place: "Virginia", country: "US", zones: "123", pair: "centralus", lacks: []string{blockedHA}, source: azurePostgres},
	{id: "francecentral", place: "Paris", country: "FR", zones: "123", pair: "francesouth", source: azureList},
	{id: "francesouth", place: "Marseille", country: "FR", pair: "francecentral", access: Restricted, source: azureList},
	{id: "germanynorth", place: "Berlin", country: "DE", pair: "germanywestcentral", access: Restricted, source: azureList},
	{id: "germanywestcentral", place: "Frankfurt", country: "DE", zones: "123", pair: "germanynorth", lacks: []string{blockedHA}, source: azurePostgres},
	{id: "italynorth", place: "Milan", country: "IT", zones: "123", source: azureList},
	{id: "northcentralus", place: "Illinois", country: "US", pair: "southcentralus", source: azureList},
	{id: "northeurope", place: "Dublin", country: "IE", zones: "123", pair: "westeurope", lacks: []string{blockedHA}, source: azurePostgres},
	{id: "norwayeast", place: "Oslo", country: "NO", zones: "123", pair: "norwaywest", source: azureList},
	{id: "norwaywest", place: "Stavanger", country: "NO", pair: "norwayeast", access: Restricted, source: azureList},
	{id: "polandcentral", place: "Warsaw", country: "PL", zones: "123", source: azureList},
	{id: "southcentralus", place: "Texas", country: "US", zones: "123", pair: "northcentralus", source: azureList},
	{id: "spaincentral", place: "Madrid", country: "ES", zones: "123", source: azureList},
	{id: "swedencentral", place: "Gavle", country: "SE", zones: "123", pair: "swedensouth", source: azureList},
	{id: "swedensouth", place: "Malmo", country: "SE", pair: "swedencentral", access: Restricted, source: azureList},
	{id: "switzerlandnorth", place: "Zurich", country: "CH", zones: "123", pair: "switzerlandwest", source: azurePostgres},
	{id: "switzerlandwest", place: "Geneva", country: "CH", pair: "switzerlandnorth", access: Restricted, source: azurePostgres},
	{id: "uksouth", place: "London", country: "GB", zones: "123", pair: "ukwest", source: azureList},
	{id: "ukwest", place: "Cardiff", country: "GB", pair: "uksouth", source: azureList},
	{id: "westcentralus", place: "Wyoming", country: "US", pair: "westus2", source: azureList},
	{id: "westeurope", place: "Amsterdam", country: "NL", zones: "123", pair: "northeurope", lacks: []string{blockedHA}, source: azurePostgres},
	{id: "westus", place: "California", country: "US", pair: "eastus", source: azureList},
	{id: "westus2", place: "Washington", country: "US", zones: "123", pair: "westcentralus", source: azureList},
	{id: "westus3", place: "Phoenix", country: "US", zones: "123", pair: "eastus", source: azurePairs}, // one way: the pair of eastus is westus
}
