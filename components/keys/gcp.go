package keys

import (
	"fmt"

	"github.com/pulumi/pulumi-gcp/sdk/v7/go/gcp/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/scope"
)

// agents are the services that use a key of each purpose, by the domain of their
// agent. There are no callers: whoever may read a bucket needs no right on its key.
var agents = map[Purpose]string{
	Database:  "gcp-sa-cloud-sql",
	Storage:   "gs-project-accounts",
	Logs:      "gs-project-accounts",
	Backup:    "gs-project-accounts", // Cloud SQL seals its backups with the key of the instance
	Copies:    "gs-project-accounts",
	Secrets:   "gcp-sa-secretmanager",
	Messaging: "gcp-sa-pubsub",
}

func buildGCP(ctx *pulumi.Context, name string, args Args, k *Keys) error {
	s := args.Scope
	if s.Number == "" {
		return fmt.Errorf("scope lacks Number: the service agents of project %s are called by the project's number", s.Account)
	}
	// A ring and its keys are never deleted, so a stack's name is used up by the
	// first ring of that name in a project: a rebuilt stack has another name (HAD-07).
	ring, err := kms.NewKeyRing(ctx, name, &kms.KeyRingArgs{
		Name:     pulumi.String(s.Name("gcp:kms/keyRing:KeyRing", "keys")),
		Location: pulumi.String(s.Home.Region.ID), // never "global" or "europe" (RES-10)
		Project:  pulumi.String(s.Account),
	}, s.Child(k)...)
	if err != nil {
		return err
	}
	for _, purpose := range args.Purposes {
		child := name + "-" + string(purpose)
		key, err := kms.NewCryptoKey(ctx, child, &kms.CryptoKeyArgs{
			Name:    pulumi.String(s.Name("gcp:kms/cryptoKey:CryptoKey", string(purpose))),
			KeyRing: ring.ID(),
			Purpose: pulumi.String("ENCRYPT_DECRYPT"),
			VersionTemplate: kms.CryptoKeyVersionTemplateArgs{
				Algorithm:       pulumi.String("GOOGLE_SYMMETRIC_ENCRYPTION"), // AES-256-GCM
				ProtectionLevel: pulumi.String("HSM"),                         // as on AWS, where there is nothing else (ENC-10)
			},
			RotationPeriod:           pulumi.String(seconds(rotation)),
			DestroyScheduledDuration: pulumi.String(seconds(destructionDelay)),
			Labels:                   s.Labels(),
		}, s.Child(k)...)
		if err != nil {
			return err
		}
		// On the key and not on the ring, and only to use it: administration stays
		// with the project's IAM (ENC-09).
		grant, err := kms.NewCryptoKeyIAMMember(ctx, child, &kms.CryptoKeyIAMMemberArgs{
			CryptoKeyId: key.ID(),
			Role:        pulumi.String("roles/cloudkms.cryptoKeyEncrypterDecrypter"),
			Member:      pulumi.String(agent(s, purpose)),
		}, s.Child(k)...)
		if err != nil {
			return err
		}
		k.IDs[purpose] = scope.After(key.ID().ToStringOutput(), grant)
	}
	return nil
}

// agent names the agent by its documented form. A resource that returned it would
// be safer, but projects.ServiceIdentity returns no e-mail for Cloud Storage
// (github.com/hashicorp/terraform-provider-google/issues/18649, September 2024).
// The agent must exist: `gcloud storage service-agent --project ID` makes it.
func agent(s scope.Scope, purpose Purpose) string {
	return fmt.Sprintf("serviceAccount:service-%s@%s.iam.gserviceaccount.com", s.Number, agents[purpose])
}
