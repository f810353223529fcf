package frontdoor

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/toolchain"
	"tenant-runtime/tests/plans"
)

// A command is a code span, or a line of its own in a block.
var named = regexp.MustCompile("(?m)(?:^|`)((?:go test|go run \\./rehearsal|\\.ci/run)\\b[^`\n#]*)")

// TestNamedCommandsExist follows every command of the pages: its packages hold tests, the rehearsal
// knows it, and each flag is one of its own.
func TestNamedCommandsExist(t *testing.T) {
	for _, page := range []string{"README.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile(filepath.Join(plans.Root(), page))
		require.NoError(t, err)
		commands := named.FindAllStringSubmatch(string(text), -1)
		require.NotEmpty(t, commands, page)
		for _, match := range commands {
			command := strings.TrimSpace(match[1])
			t.Run(page+"/"+command, func(t *testing.T) {
				switch words := strings.Fields(command); words[0] {
				case ".ci/run":
					assert.FileExists(t, filepath.Join(plans.Root(), words[0]))
				case "go":
					if words[1] == "test" {
						goTest(t, words[2:])
					} else {
						rehearsal(t, words[3:])
					}
				}
			})
		}
	}
}

// goTest insists that packages have tests and know their flags.
func goTest(t *testing.T, words []string) {
	t.Helper()
	var files []string
	for _, word := range words {
		if strings.HasPrefix(word, "./") {
			list := exec.CommandContext(t.Context(), "go", "list", "-f", `{{$d := .Dir}}{{range .TestGoFiles}}{{$d}}/{{.}} {{end}}{{range .XTestGoFiles}}{{$d}}/{{.}} {{end}}`, word)
			list.Dir = plans.Root()
			out, err := list.Output()
			require.NoError(t, err, word)
			require.NotEmpty(t, strings.Fields(string(out)), "%s has no tests", word)
			files = append(files, strings.Fields(string(out))...)
		}
	}
	for _, word := range words {
		switch flag, isFlag := strings.CutPrefix(word, "-"); {
		case !isFlag || flag == "v" || flag == "bench" || flag == "run":
		default:
			declared := false
			for _, file := range files {
				text, err := os.ReadFile(file)
				require.NoError(t, err)
				declared = declared || strings.Contains(string(text), `flag.Bool("`+flag+`"`)
			}
			assert.True(t, declared, "no test declares -%s", flag)
		}
	}
}

// rehearsal insists that the command exists, with its flags. What follows "--" is another's.
func rehearsal(t *testing.T, words []string) {
	t.Helper()
	before, rest := words, []string(nil)
	for i, word := range words {
		if word == "--" {
			before, rest = words[:i], words[i+1:]
			break
		}
	}
	help := func(tool toolchain.Part, words ...string) string {
		out, err := exec.CommandContext(t.Context(), tools.Path(tool), append(words, "--help")...).CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	}
	if len(before) == 0 || before[0] == "--help" {
		help(toolchain.Command)
		return
	}
	text := help(toolchain.Command, before[0])
	require.Contains(t, text, "rehearsal "+before[0], "the rehearsal has no such command")
	flags(t, text, before[1:])
	switch before[0] {
	case "test":
		goTest(t, rest)
	case "pulumi":
		verbs := rest[:firstFlag(rest)]
		text := help(toolchain.Pulumi, verbs...)
		require.Contains(t, text, "pulumi "+strings.Join(verbs, " "), "Pulumi has no such command")
		flags(t, text, rest[len(verbs):])
	}
}

func firstFlag(words []string) int {
	for i, word := range words {
		if strings.HasPrefix(word, "-") {
			return i
		}
	}
	return len(words)
}

func flags(t *testing.T, help string, words []string) {
	t.Helper()
	for _, word := range words {
		if strings.HasPrefix(word, "-") {
			assert.Regexp(t, `(?m)^ +(-\w, )?`+regexp.QuoteMeta(word)+`\b`, help, "no such flag")
		}
	}
}
