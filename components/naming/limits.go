package naming

// limits has a row per kind whose name we choose, by type token, sorted. Kinds
// that the cloud names (a VPC, a key) have none. Lengths are from the services'
// API references, read November 2026.
var limits = map[string]limit{
	"aws:backup/plan:Plan":                                            {max: 50, join: "-"},
	"aws:backup/selection:Selection":                                  {max: 50, join: "-"},
	"aws:backup/vault:Vault":                                          {max: 50, join: "-"},
	"aws:cloudtrail/trail:Trail":                                      {max: 128, join: "-", unique: Account}, // its shadows have the name in every region
	"aws:cloudwatch/logGroup:LogGroup":                                {max: 512, join: "/", prefix: "/"},
	"aws:cloudwatch/metricAlarm:MetricAlarm":                          {max: 255, join: "-"},
	"aws:ec2/securityGroup:SecurityGroup":                             {max: 255, join: "-"},
	"aws:iam/policy:Policy":                                           {max: 128, join: "-", unique: Account},
	"aws:iam/role:Role":                                               {max: 64, join: "-", unique: Account},
	"aws:kms/alias:Alias":                                             {max: 256, join: "/", prefix: "alias/"},
	"aws:lb/loadBalancer:LoadBalancer":                                {max: 32, join: "-"},
	"aws:lb/targetGroup:TargetGroup":                                  {max: 32, join: "-"},
	"aws:networkfirewall/firewall:Firewall":                           {max: 128, join: "-"},
	"aws:networkfirewall/firewallPolicy:FirewallPolicy":               {max: 128, join: "-"},
	"aws:networkfirewall/ruleGroup:RuleGroup":                         {max: 128, join: "-"},
	"aws:rds/eventSubscription:EventSubscription":                     {max: 255, join: "-"},
	"aws:rds/instance:Instance":                                       {max: 63, join: "-"},
	"aws:rds/parameterGroup:ParameterGroup":                           {max: 255, join: "-"},
	"aws:rds/snapshot:Snapshot":                                       {max: 255, join: "-"},
	"aws:rds/subnetGroup:SubnetGroup":                                 {max: 255, join: "-"},
	"aws:s3/accessPoint:AccessPoint":                                  {max: 50, join: "-"},
	"aws:s3/bucketV2:BucketV2":                                        {max: 63, join: "-", unique: World},
	"aws:secretsmanager/secret:Secret":                                {max: 512, join: "/"},
	"aws:sns/topic:Topic":                                             {max: 256, join: "-"},
	"aws:wafv2/webAcl:WebAcl":                                         {max: 128, join: "-"},
	"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {max: 512, join: "-", prefix: "aws-waf-logs-"}, // the log group's name

	"azure-native:authorization:ManagementLockByScope":  {max: 90, join: "-"},
	"azure-native:insights:DiagnosticSetting":           {max: 260, join: "-"},
	"azure-native:keyvault:Key":                         {max: 127, join: "-"},
	"azure-native:keyvault:Vault":                       {max: 24, join: "-", unique: World},
	"azure-native:managedidentity:UserAssignedIdentity": {max: 128, join: "-"},
	"azure-native:resources:ResourceGroup":              {max: 90, join: "-", unique: Account},
	"azure-native:storage:BlobContainer":                {max: 63, join: "-"},
	"azure-native:storage:StorageAccount":               {max: 24, join: "", unique: World},

	"gcp:kms/cryptoKey:CryptoKey":        {max: 63, join: "-"},
	"gcp:kms/keyRing:KeyRing":            {max: 63, join: "-"},
	"gcp:serviceaccount/account:Account": {max: 30, join: "-", unique: Account},
	"gcp:storage/bucket:Bucket":          {max: 63, join: "-", unique: World},
}
