package clouds_test

import "tenant-runtime/rehearsal/sim"

var gcpExamples = []example{
	{"gcp:projects/service:Service", "service", sim.Props{"service": "cloudkms.googleapis.com"}},
	{"gcp:serviceaccount/account:Account", "sa", sim.Props{"accountId": "workload"}},
	{"gcp:serviceaccount/iAMMember:IAMMember", "sa-member", sim.Props{"serviceAccountId": "@sa", "member": "@sa.member", "role": "roles/iam.workloadIdentityUser"}},
	{"gcp:projects/iAMMember:IAMMember", "project-member", sim.Props{"project": "tenant-prod", "member": "user:a@example.com", "role": "roles/viewer"}},
	{"gcp:kms/keyRing:KeyRing", "ring", sim.Props{"name": "ring", "location": "europe-west6"}},
	{"gcp:kms/cryptoKey:CryptoKey", "cryptokey", sim.Props{"name": "key", "keyRing": "@ring", "rotationPeriod": "7776000s"}},
	{"gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding", "key-binding", sim.Props{"cryptoKeyId": "@cryptokey", "role": "roles/viewer",
		"members": []any{"@sa.member", "serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com"}}},
	{"gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "key-member", sim.Props{"cryptoKeyId": "@cryptokey", "member": "@sa.member", "role": "roles/editor"}},
	{"gcp:storage/bucket:Bucket", "gcs", sim.Props{"name": "example-gcs", "location": "EUROPE-WEST6", "encryption": sim.Props{"defaultKmsKeyName": "@cryptokey"}}},
	{"gcp:storage/bucketIAMBinding:BucketIAMBinding", "gcs-binding", sim.Props{"bucket": "@gcs", "role": "roles/viewer", "members": []any{"@sa.member"}}},
	{"gcp:storage/bucketIAMMember:BucketIAMMember", "gcs-member", sim.Props{"bucket": "@gcs", "member": "@sa.member", "role": "roles/editor"}},
}
