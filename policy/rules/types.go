package rules

// Type tokens that several rules name.
const (
	accessPointOnAWS  = "aws:s3/accessPoint:AccessPoint"
	bucketLogOnAWS    = "aws:s3/bucketLoggingV2:BucketLoggingV2"
	bucketOnAWS       = "aws:s3/bucketV2:BucketV2"
	bucketPolicyOnAWS = "aws:s3/bucketPolicy:BucketPolicy"
	keyOnAWS          = "aws:kms/key:Key"
	ownershipOnAWS    = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
	policyOnAWS       = "aws:iam/policy:Policy"
	roleOnAWS         = "aws:iam/role:Role"
	sealOnAWS         = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
	secretOnAWS       = "aws:secretsmanager/secret:Secret"

	bucketOnGCP    = "gcp:storage/bucket:Bucket"
	keyMemberOnGCP = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember"
	keyOnGCP       = "gcp:kms/cryptoKey:CryptoKey"
	keyRing        = "gcp:kms/keyRing:KeyRing"

	accountOnAzure = "azure-native:storage:StorageAccount"
	keyOnAzure     = "azure-native:keyvault:Key"
	vaultOnAzure   = "azure-native:keyvault:Vault"
)
