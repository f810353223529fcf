package rule

// Framework is a standard or law whose text asks for what a rule checks.
type Framework string

// The frameworks.
const (
	ISO27001 Framework = "ISO/IEC 27001:2022"
	ISO27017 Framework = "ISO/IEC 27017/27018"
	SOC2     Framework = "SOC 2"
	GDPR     Framework = "GDPR"
	Swiss    Framework = "Swiss"
	CIS      Framework = "CIS Benchmark"
)

var allFrameworks = []Framework{ISO27001, ISO27017, SOC2, GDPR, Swiss, CIS}

// frameworks has a row per area: references are kept once per area and not per
// rule, where they would drift.
var frameworks = map[string]map[Framework]string{
	"RES": {ISO27001: "5.14, 5.23, 5.31, 5.34", ISO27017: "CLD.6.3.1; 27018:A.12.1", SOC2: "C1.1, CC9.2", GDPR: "25, 28, 44-49", Swiss: "DSG 9, 16-18"},
	"TEN": {ISO27001: "5.15, 8.3, 8.10, 8.22", ISO27017: "CLD.8.1.5, CLD.9.5.1", SOC2: "C1.1, C1.2, CC6.1, CC6.3", GDPR: "5(1)(f), 17, 25, 32(1)(b)", Swiss: "DSG 7, 8",
		CIS: "AWS Identity and Access Management"},
	"NET": {ISO27001: "5.7, 8.20, 8.21, 8.22, 8.23", ISO27017: "CLD.13.1.4", SOC2: "CC6.6, CC7.2", GDPR: "32(1)(b)", Swiss: "DSG 8; DSV 2-3",
		CIS: "Networking"},
	"EDG": {ISO27001: "5.14, 8.20, 8.24, 8.26", ISO27017: "27018:A.11.6", SOC2: "CC6.6, CC6.7", GDPR: "32(1)(a)", Swiss: "DSG 8",
		CIS: "Networking"},
	"ENC": {ISO27001: "5.17, 8.24", ISO27017: "CLD.6.3.1; 27018:A.11.6", SOC2: "C1.1, CC6.1, CC6.7", GDPR: "32(1)(a), 34(3)(a)", Swiss: "DSG 8; DSV 3",
		CIS: "AWS Storage, Logging; Azure Key Vault, Storage Accounts; GCP Identity and Access Management"},
	"DAT": {ISO27001: "5.12, 5.33, 8.3, 8.10, 8.12", ISO27017: "27018:A.10.3", SOC2: "C1.1, C1.2, CC6.1", GDPR: "5(1)(c), 25, 32", Swiss: "DSG 6-8",
		CIS: "AWS Storage; GCP Cloud SQL, Storage; Azure Database Services, Storage Accounts"},
	"BAK": {ISO27001: "5.33, 8.13", ISO27017: "CLD.6.3.1", SOC2: "A1.2, A1.3, CC7.5", GDPR: "5(1)(e), 17, 32(1)(b)-(c)", Swiss: "DSG 8; DSV 2",
		CIS: "GCP Cloud SQL"},
	"HAD": {ISO27001: "5.29, 5.30, 8.6, 8.14", ISO27017: "CLD.6.3.1", SOC2: "A1.1, A1.2, A1.3, CC7.5, CC9.1", GDPR: "32(1)(b)-(d)", Swiss: "DSV 2-3"},
	"LOG": {ISO27001: "8.15, 8.16, 8.17", ISO27017: "CLD.12.4.5", SOC2: "CC4.1, CC7.1, CC7.2, CC7.3", GDPR: "32, 33", Swiss: "DSV 4",
		CIS: "Logging, Monitoring"},
	"DET": {ISO27001: "5.7, 5.36, 8.7, 8.8, 8.9, 8.16, 8.29", ISO27017: "CLD.9.5.2", SOC2: "CC6.8, CC7.1, CC7.2", GDPR: "32(1)(d)", Swiss: "DSG 8",
		CIS: "Azure Microsoft Defender; AWS Monitoring"},
	"ACC": {ISO27001: "5.3, 5.15-5.18, 8.2, 8.5", ISO27017: "CLD.12.1.5", SOC2: "CC6.1, CC6.2, CC6.3", GDPR: "5(1)(f), 25, 32(4)", Swiss: "DSV 3",
		CIS: "Identity and Access Management"},
	"ENV": {ISO27001: "8.19, 8.25, 8.31, 8.32, 8.33", ISO27017: "CLD.12.1.5", SOC2: "CC8.1", GDPR: "25, 32", Swiss: "DSG 7",
		CIS: "Virtual Machines"},
	"SUP": {ISO27001: "5.9, 5.21, 8.8, 8.9, 8.28, 8.29", ISO27017: "CLD.9.5.2", SOC2: "CC7.1, CC8.1, CC9.2", GDPR: "32", Swiss: "DSG 8",
		CIS: "Virtual Machines; Kubernetes Worker Nodes, Policies"},
	"INC": {ISO27001: "5.24-5.28, 5.35, 6.8", ISO27017: "CLD.6.3.1; 27018:A.10.1", SOC2: "CC2.3, CC4.2, CC7.3, CC7.4, CC7.5", GDPR: "28(3)(f), 33, 34", Swiss: "DSG 12, 24",
		CIS: "AWS Monitoring"},
}

// References lists where the frameworks ask for what the rule checks.
func (r Rule) References() []string {
	var refs []string
	for _, f := range allFrameworks {
		if ref := frameworks[r.Area()][f]; ref != "" {
			refs = append(refs, string(f)+" "+ref)
		}
	}
	return refs
}
