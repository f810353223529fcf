package clouds_test

import (
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

// Each test here is a fact that surprised somebody; the row it tests says where it
// was learned.

func (b *bench) delete(e example) {
	b.Helper()
	require.NoErrorf(b, b.Delete(e.config(), e.urn(), b.made[e.name].ID), "%s", e.name)
}

func (b *bench) refused(e example, want string) {
	b.Helper()
	_, err := b.try(e)
	assert.ErrorContains(b, err, want)
}

func TestAKeyIsAnotherKeyWhenMadeAgain(t *testing.T) {
	b := newBench(t)
	key := example{"aws:kms/key:Key", "key", sim.Props{"deletionWindowInDays": 7}}
	before := b.make(key)
	b.delete(key)
	b.refused(example{"aws:kms/alias:Alias", "alias", sim.Props{"name": "alias/a", "targetKeyId": before.ID}}, "is pending deletion")
	assert.NotEqual(t, before.ID, b.make(key).ID)
	assert.Len(t, b.Residue("eu"), 2)
	require.NoError(t, b.Advance(7*24*time.Hour+time.Hour))
	assert.Len(t, b.Residue("eu"), 1)
}

func TestABucketNameIsHeldForItsOldRegion(t *testing.T) {
	b := newBench(t)
	bucket := example{"aws:s3/bucketV2:BucketV2", "bucket", sim.Props{"bucket": "example"}}
	moved := example{"aws:s3/bucketV2:BucketV2", "bucket@paris", sim.Props{"bucket": "example"}}
	b.make(bucket)
	b.refused(moved, "BucketAlreadyExists")
	b.delete(bucket)
	b.refused(moved, "OperationAborted")
	b.make(bucket)
	b.delete(bucket)
	require.NoError(t, b.Advance(2*time.Hour))
	b.make(moved)
}

func TestAPolicyNamesOnlyWhoExists(t *testing.T) {
	b := newBench(t)
	b.refused(example{"aws:kms/key:Key", "key", sim.Props{"policy": `{"Statement":[{"Principal":{"AWS":"arn:aws:iam::111111111111:role/nobody"}}]}`}},
		`policy.Statement[0].Principal.AWS: "arn:aws:iam::111111111111:role/nobody" does not exist`)
	b.refused(example{"aws:iam/role:Role", "role", sim.Props{"assumeRolePolicy": trust, "managedPolicyArns": []any{"arn:aws:iam::111111111111:policy/mine"}}},
		"does not exist")
}

func TestReplicationNeedsVersioning(t *testing.T) {
	b := newBench(t)
	b.make(example{"aws:iam/role:Role", "role", sim.Props{"assumeRolePolicy": trust}})
	b.make(example{"aws:s3/bucketV2:BucketV2", "from", sim.Props{"bucket": "from"}})
	b.make(example{"aws:s3/bucketV2:BucketV2", "to@paris", sim.Props{"bucket": "too"}})
	b.make(example{"aws:kms/key:Key", "key", sim.Props{}})
	destination := sim.Props{"bucket": "@to@paris.arn"}
	replication := example{"aws:s3/bucketReplicationConfig:BucketReplicationConfig", "replication",
		sim.Props{"bucket": "@from", "role": "@role.arn", "rules": []any{sim.Props{"status": "Enabled", "destination": destination}}}}
	version := func(name, bucket string) {
		b.make(example{"aws:s3/bucketVersioningV2:BucketVersioningV2", name, sim.Props{"bucket": bucket, "versioningConfiguration": sim.Props{"status": "Enabled"}}})
	}
	version("v", "@from")
	b.refused(replication, "rules[*].destination.bucket: bucket too is not versioned")
	version("v@paris", "@to@paris")
	b.make(replication)
}

func TestAReplicaKeyIsElsewhere(t *testing.T) {
	b := newBench(t)
	b.make(example{"aws:kms/key:Key", "key", sim.Props{"multiRegion": true}})
	b.refused(example{"aws:kms/replicaKey:ReplicaKey", "replica", sim.Props{"primaryKeyArn": "@key.arn"}}, "a replica must be elsewhere")
	replica := b.make(example{"aws:kms/replicaKey:ReplicaKey", "replica@paris", sim.Props{"primaryKeyArn": "@key.arn"}})
	assert.Equal(t, b.made["key"].ID, replica.ID)
}

func TestKeyRingsStayAndKeysAreHusks(t *testing.T) {
	b := newBench(t)
	ring := example{"gcp:kms/keyRing:KeyRing", "ring", sim.Props{"name": "ring", "location": "europe-west6"}}
	key := example{"gcp:kms/cryptoKey:CryptoKey", "key", sim.Props{"name": "key", "keyRing": "@ring"}}
	b.make(ring)
	made := b.make(key)
	b.delete(key)
	b.delete(ring)
	b.refused(ring, "409 ALREADY_EXISTS")
	b.refused(key, "can never be used again")
	b.refused(example{"gcp:storage/bucket:Bucket", "bucket", sim.Props{"name": "example", "location": "europe-west6",
		"encryption": sim.Props{"defaultKmsKeyName": made.ID}}}, "is husk")
}

func TestAGoogleServiceAccountMustExistUnlessItIsGoogles(t *testing.T) {
	b := newBench(t)
	member := func(who string) example {
		return example{"gcp:projects/iAMMember:IAMMember", "m" + who, sim.Props{"project": "tenant-prod", "role": "roles/viewer", "member": "serviceAccount:" + who}}
	}
	b.refused(member("nobody@tenant-prod.iam.gserviceaccount.com"), "does not exist")
	b.make(member("service-123@gcp-sa-cloud-sql.iam.gserviceaccount.com"))
}

func TestAVaultNameIsTakenUntilTheVaultIsRecovered(t *testing.T) {
	b := newBench(t)
	b.make(example{"azure-native:resources:ResourceGroup", "group", sim.Props{"resourceGroupName": "group"}})
	properties := func(more sim.Props) sim.Props {
		p := sim.Props{"tenantId": "00000000-0000-0000-0000-000000000002", "sku": sim.Props{"family": "A", "name": "premium"}, "softDeleteRetentionInDays": 7}
		for k, v := range more {
			p[k] = v
		}
		return p
	}
	vault := example{"azure-native:keyvault:Vault", "vault", sim.Props{"vaultName": "example", "resourceGroupName": "group", "properties": properties(nil)}}
	b.make(vault)
	b.delete(vault)
	b.refused(vault, "409 VaultAlreadyExists")
	vault.inputs["properties"] = properties(sim.Props{"createMode": "recover"})
	b.make(vault)
	b.delete(vault)
	require.NoError(t, b.Advance(8*24*time.Hour))
	vault.inputs["properties"] = properties(nil)
	b.make(vault)
}

func TestALockKeepsEvenRoleAssignments(t *testing.T) {
	b := newBench(t)
	for _, e := range azureExamples {
		b.make(e)
	}
	for _, e := range azureExamples {
		if e.name == "assignment" || e.name == "diagnostics" {
			assert.ErrorContains(t, b.Delete(e.config(), e.urn(), b.made[e.name].ID), "ScopeLocked")
		}
	}
}

func TestAzureDoesNotTellUpperFromLowerCase(t *testing.T) {
	b := newBench(t)
	b.make(example{"azure-native:resources:ResourceGroup", "group", sim.Props{"resourceGroupName": "Group"}})
	identity := sim.Props{"resourceName": "identity", "resourceGroupName": "GROUP"}
	b.make(example{"azure-native:managedidentity:UserAssignedIdentity", "identity", identity})
	b.refused(example{"azure-native:resources:ResourceGroup", "again", sim.Props{"resourceGroupName": "group"}}, "is taken")
}

func TestARegionIsOneOfItsCloud(t *testing.T) {
	b := newBench(t)
	for _, location := range []string{"mars", "eu-central-1", "EU"} {
		e := example{"gcp:kms/keyRing:KeyRing", "ring", sim.Props{"name": "ring", "location": location}}
		b.refused(e, "is not a region of gcp in the catalogue")
		_, _, err := b.Create(e.config(), e.urn(), resource.NewPropertyMapFromMap(e.inputs))
		assert.ErrorContains(t, err, "is not a region of gcp in the catalogue", "also when nobody checked")
	}
}
