package engine

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"tenant-runtime/rehearsal/home"
	"tenant-runtime/rehearsal/toolchain"
)

// What leads to an account, an endpoint or a live stack, one of each kind.
var forbidden = []string{
	"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_CONFIG_FILE",
	"AWS_SHARED_CREDENTIALS_FILE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ENDPOINT_URL",
	"GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CREDENTIALS", "GOOGLE_OAUTH_ACCESS_TOKEN", "CLOUDSDK_CONFIG", "GCLOUD_PROJECT",
	"ARM_CLIENT_ID", "ARM_CLIENT_SECRET", "ARM_USE_OIDC", "AZURE_CLIENT_SECRET", "AZURE_CONFIG_DIR", "IDENTITY_ENDPOINT",
	"PULUMI_ACCESS_TOKEN", "PULUMI_BACKEND_URL", "PULUMI_HOME", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_STACK",
	"KUBECONFIG", "VAULT_TOKEN", "SSH_AUTH_SOCK", "GITHUB_TOKEN", "HTTPS_PROXY", "XDG_CONFIG_HOME", "USERPROFILE",
}

func TestEnvironmentPassesNothingThatLeadsOutside(t *testing.T) {
	parent := []string{"PATH=/usr/bin", "LANG=C", "HOME=/home/someone"}
	for _, name := range forbidden {
		parent = append(parent, name+"=live")
	}
	env := environment(parent, home.Dir("/h"), toolchain.Tools{Dir: "/bin-of-ours"})

	assert.Contains(t, env, "PATH=/bin-of-ours:/usr/bin")
	assert.Contains(t, env, "LANG=C")
	assert.Contains(t, env, "HOME=/h/user")
	assert.Contains(t, env, "PULUMI_HOME=/h/pulumi")
	assert.Contains(t, env, "PULUMI_BACKEND_URL=file:///h/state?metadata=skip")
	for _, variable := range env {
		assert.NotContains(t, variable, "=live")
	}
	assert.Len(t, names(env), len(env), "a name set twice leaves it to the reader which value counts")
}

func names(env []string) map[string]bool {
	set := map[string]bool{}
	for _, variable := range env {
		name, _, _ := strings.Cut(variable, "=")
		set[name] = true
	}
	return set
}

// The credential files of the three clouds are looked up from HOME. The rehearsal's is its own, and empty.
func TestHomeOfTheEngineIsEmpty(t *testing.T) {
	h := home.Dir(t.TempDir())
	assert.NoError(t, h.Create())
	entries, err := os.ReadDir(h.User())
	assert.NoError(t, err)
	assert.Empty(t, entries)

	env := environment(os.Environ(), h, toolchain.Tools{})
	i := slices.IndexFunc(env, func(v string) bool { return strings.HasPrefix(v, "HOME=") })
	for _, file := range []string{".aws/credentials", ".azure/msal_token_cache.json", ".config/gcloud/application_default_credentials.json", ".pulumi/credentials.json"} {
		assert.NoFileExists(t, filepath.Join(strings.TrimPrefix(env[i], "HOME="), file))
	}
}
