// Package cloud stands in for secrets sealed by a cloud's key service. A rehearsal seals them with a
// passphrase, see rehearsal/engine.
package cloud

import (
	"encoding/json"

	"github.com/pulumi/pulumi/pkg/v3/leftout"
	"github.com/pulumi/pulumi/pkg/v3/secrets"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

const Type = "cloud"

var errLeftOut = leftout.Error("secrets providers other than passphrase")

func NewCloudSecretsManager(*workspace.ProjectStack, string, bool) (secrets.Manager, error) {
	return nil, errLeftOut
}

func NewCloudSecretsManagerFromState(json.RawMessage) (secrets.Manager, error) {
	return nil, errLeftOut
}

func EditProjectStack(*workspace.ProjectStack, json.RawMessage) error { return errLeftOut }
