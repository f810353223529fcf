package toolchain

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"
)

const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"

var pinned = regexp.MustCompile(`(?m)^require github\.com/pulumi/pulumi/pkg/v3 v(\S+)$`)

// pulumi provides the CLI: a copy of the one on PATH if that has the pinned version, else a job that
// compiles it. A copy and not a link, because the CLI looks for its language hosts beside itself and
// must find ours.
func (b *builder) pulumi(ctx context.Context) ([]job, error) {
	dir := filepath.Join(b.tools.Root, "rehearsal", "tools")
	version, key, err := pin(dir)
	if err != nil {
		return nil, err
	}
	stamp := filepath.Join(b.tools.Dir, "pulumi.key")
	if have, err := os.ReadFile(stamp); err == nil && string(have) == key && exists(b.tools.Path(Pulumi)) {
		return nil, nil
	}
	staged := filepath.Join(b.tools.staging(), "pulumi")
	done := func() error {
		return errors.Join(publish(staged, b.tools.Path(Pulumi)), os.WriteFile(stamp, []byte(key), 0o644))
	}
	if found := installed(ctx, version); found != "" {
		b.progress.say("Using the installed Pulumi " + version + ": " + found)
		if err := copyFile(found, staged); err != nil {
			return nil, err
		}
		return nil, done()
	}
	modfile, err := b.without(ctx, dir)
	if err != nil {
		return nil, err
	}
	// Without the stamp the CLI calls itself 3.0.0 and refuses projects that ask for more.
	ldflags := "-ldflags=-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=" + version
	return []job{{
		title: "Pulumi CLI " + version, dir: dir, packages: []string{cliPackage}, modfile: modfile,
		flags: []string{"-buildvcs=false", ldflags, "-o", staged}, publish: done,
	}}, nil
}

// pin reads the CLI's version from the module that pins it, and a key that changes whenever the
// same sources would give another executable.
func pin(dir string) (version, key string, err error) {
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return "", "", err
	}
	sum, err := os.ReadFile(filepath.Join(dir, "go.sum"))
	if err != nil {
		return "", "", err
	}
	match := pinned.FindSubmatch(mod)
	if match == nil {
		return "", "", fmt.Errorf("%s: no line `require github.com/pulumi/pulumi/pkg/v3 vX.Y.Z`", filepath.Join(dir, "go.mod"))
	}
	hash := sha256.New()
	fmt.Fprint(hash, string(mod), string(sum), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	without := os.DirFS(filepath.Join(dir, "without"))
	err = fs.WalkDir(without, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(without, name)
		fmt.Fprint(hash, name, string(text))
		return err
	})
	return string(match[1]), fmt.Sprintf("%x\n", hash.Sum(nil)), err
}

// installed is the Pulumi on PATH if it has exactly the wanted version.
func installed(ctx context.Context, version string) string {
	path, err := exec.LookPath("pulumi")
	if err != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = append(os.Environ(), "PULUMI_SKIP_UPDATE_CHECK=true")
	out, err := cmd.Output()
	if err != nil || strings.TrimPrefix(strings.TrimSpace(string(out)), "v") != version {
		return ""
	}
	return path
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	os.Remove(to) // never write into a file that is running under its other name
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
