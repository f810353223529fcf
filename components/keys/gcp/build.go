// Package gcp declares keys in Cloud KMS.
package gcp

import (
	"fmt"
	"time"

	"github.com/pulumi/pulumi-gcp/sdk/v7/go/gcp/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/component"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/scope"
)

// agents are the services that use a key of each purpose, by the domain of their
// agent. There are no callers: whoever may read a bucket needs no right on its key.
var agents = map[keys.Purpose]string{
	keys.Database:  "gcp-sa-cloud-sql",
	keys.Storage:   "gs-project-accounts",
	keys.Logs:      "gs-project-accounts",
	keys.Backup:    "gs-project-accounts", // Cloud SQL encrypts its backups with the key of the instance
	keys.Copies:    "gs-project-accounts",
	keys.Secrets:   "gcp-sa-secretmanager",
	keys.Messaging: "gcp-sa-pubsub",
}

type builder struct {
	*component.Builder[keys.Args]

	ring *kms.KeyRing
}

// New declares the keys.
func New(ctx *pulumi.Context, name string, args keys.Args, opts ...pulumi.ResourceOption) (keys.Ref, error) {
	return component.New(ctx, keys.Type, name, args, opts, func(b *component.Builder[keys.Args]) (keys.Ref, error) {
		return (&builder{Builder: b}).build()
	})
}

func (b *builder) build() (_ keys.Ref, err error) {
	if b.Scope.Number == "" {
		return nil, fmt.Errorf("scope lacks Number: the service agents of project %s are called by the project's number", b.Scope.Account)
	}
	// A key ring and its keys are never deleted, so a stack's name is used up by the first
	// key ring of that name in a project: a rebuilt stack has another name (HAD-07).
	if b.ring, err = kms.NewKeyRing(b.Ctx, b.Name, &kms.KeyRingArgs{
		Name:     pulumi.String(b.Scope.Name("gcp:kms/keyRing:KeyRing", "keys")),
		Location: pulumi.String(b.Scope.Place.Region.ID), // never "global" or "europe" (RES-10)
		Project:  pulumi.String(b.Scope.Account),
	}, b.Child()...); err != nil {
		return nil, err
	}
	return b.Args.Each(b.key)
}

// key declares a key and who may use it. Administration stays with the project's
// IAM (ENC-09).
func (b *builder) key(purpose keys.Purpose) (keys.Key, error) {
	key, err := kms.NewCryptoKey(b.Ctx, b.Named(string(purpose)), &kms.CryptoKeyArgs{
		Name:    pulumi.String(b.Scope.Name("gcp:kms/cryptoKey:CryptoKey", string(purpose))),
		KeyRing: b.ring.ID(),
		Purpose: pulumi.String("ENCRYPT_DECRYPT"),
		VersionTemplate: kms.CryptoKeyVersionTemplateArgs{
			Algorithm:       pulumi.String("GOOGLE_SYMMETRIC_ENCRYPTION"), // AES-256-GCM
			ProtectionLevel: pulumi.String("HSM"),                         // as on AWS, where there is nothing else (ENC-10)
		},
		RotationPeriod:           pulumi.String(seconds(keys.Rotation)),
		DestroyScheduledDuration: pulumi.String(seconds(keys.DestructionDelay)),
		Labels:                   b.Scope.Labels(),
	}, b.Child()...)
	if err != nil {
		return keys.Key{}, err
	}
	grant, err := b.grant(purpose, key)
	if err != nil {
		return keys.Key{}, err
	}
	return keys.Key{ID: scope.After(key.ID().ToStringOutput(), grant)}, nil
}

// grant lets the service's agent use the key, and no more: on the key and not on
// the key ring.
func (b *builder) grant(purpose keys.Purpose, key *kms.CryptoKey) (*kms.CryptoKeyIAMMember, error) {
	return kms.NewCryptoKeyIAMMember(b.Ctx, b.Named(string(purpose)), &kms.CryptoKeyIAMMemberArgs{
		CryptoKeyId: key.ID(),
		Role:        pulumi.String("roles/cloudkms.cryptoKeyEncrypterDecrypter"),
		Member:      pulumi.String(agent(b.Scope, purpose)),
	}, b.Child()...)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.0fs", d.Seconds()) }

// agent names the agent by its documented form. A resource that returned it would
// be safer, but projects.ServiceIdentity returns no e-mail for Cloud Storage
// (github.com/hashicorp/terraform-provider-google/issues/18649, September 2024).
// The agent must exist: `gcloud storage service-agent --project ID` makes it.
func agent(s scope.Scope, purpose keys.Purpose) string {
	return fmt.Sprintf("serviceAccount:service-%s@%s.iam.gserviceaccount.com", s.Number, agents[purpose])
}
