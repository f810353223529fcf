package engine

import (
	"path/filepath"
	"strings"

	"tenant-runtime/rehearsal/home"
	"tenant-runtime/rehearsal/toolchain"
)

// passedOn names the variables that reach the engine and all it starts: how to find programs, where
// to put temporary files, how to print. Everything else stays outside, so no credential, profile or
// endpoint (AWS_*, GOOGLE_*, ARM_*, AZURE_*, KUBECONFIG, PULUMI_ACCESS_TOKEN, PULUMI_BACKEND_URL …)
// has to be known by name to be kept out.
var passedOn = map[string]bool{
	"PATH": true, "TMPDIR": true, "TZ": true,
	"LANG": true, "LC_ALL": true, "LC_CTYPE": true,
	"TERM": true, "COLORTERM": true, "NO_COLOR": true, "COLUMNS": true, "LINES": true,
}

// passphrase encrypts secrets in the rehearsal's state. It protects nothing: they are simulated too.
const passphrase = "rehearsal"

// withoutCheckpoints has the engine write the state when it ends; see package repair.
const withoutCheckpoints = "PULUMI_SKIP_CHECKPOINTS=true"

// environment is what the engine runs in. HOME is a directory of the rehearsal's own, so that no
// SDK finds a ~/.aws, ~/.azure or ~/.config/gcloud.
func environment(parent []string, h home.Dir, tools toolchain.Tools) []string {
	env := []string{
		"HOME=" + h.User(),
		"PULUMI_HOME=" + h.Pulumi(),
		"PULUMI_BACKEND_URL=" + h.Backend(),
		"PULUMI_CONFIG_PASSPHRASE=" + passphrase,
		"PULUMI_SKIP_UPDATE_CHECK=true",
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true", // a missing provider fails; it is not downloaded
		"PULUMI_IGNORE_AMBIENT_PLUGINS=true",               // nothing on PATH passes for a provider or language host
		"PULUMI_DEBUG_COMMANDS=true",                       // the --event-log flag (pulumi v3.276.0)
		"PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS=true",
		"GOGC=400",                       // engines spend an eighth of their time collecting what they serialise
		"AWS_EC2_METADATA_DISABLED=true", // the one credential source that needs no variable or file
	}
	for _, variable := range parent {
		name, value, _ := strings.Cut(variable, "=")
		if name == "PATH" {
			variable = "PATH=" + tools.Dir + string(filepath.ListSeparator) + value
		}
		if passedOn[name] {
			env = append(env, variable)
		}
	}
	return env
}
