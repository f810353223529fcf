package sim_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/rehearsal/sim"
)

// TestKilledProcessLeavesAWholeWorld re-runs this test as a child that creates
// boxes until it is killed, and then looks at what is in the file.
func TestKilledProcessLeavesAWholeWorld(t *testing.T) {
	if path := os.Getenv("SIM_TEST_CHILD"); path != "" {
		createUntilKilled(t, path)
	}
	for name, crash := range map[string]string{"by a signal": "", "by a fault, after the effect": "crash"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "world")
			child := exec.Command(os.Args[0], "-test.run", "^TestKilledProcessLeavesAWholeWorld$")
			child.Env = append(os.Environ(), "SIM_TEST_CHILD="+path, "SIM_TEST_FAULT="+crash)
			out, err := child.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, child.Start())
			replied, lines := 0, bufio.NewScanner(out)
			for lines.Scan() && strings.HasPrefix(lines.Text(), "created ") {
				if replied++; replied == 20 && crash == "" {
					require.NoError(t, child.Process.Kill())
				}
			}
			assert.Error(t, child.Wait())

			w, err := sim.Open(path, toys())
			require.NoError(t, err)
			defer w.Close()
			stands := w.Resources(nil)
			assert.GreaterOrEqual(t, len(stands), replied, "what was replied is there")
			entries, err := w.Journal(nil)
			require.NoError(t, err)
			assert.Len(t, entries, len(stands), "resource and journal are written together")
			if crash != "" {
				assert.Len(t, stands, replied+1, "the last one was created and nobody learned of it")
			}
		})
	}
}

func createUntilKilled(t *testing.T, path string) {
	w, err := sim.Open(path, toys())
	require.NoError(t, err)
	if os.Getenv("SIM_TEST_FAULT") != "" {
		require.NoError(t, w.Inject(sim.Fault{Nth: 15, Do: sim.Crash}))
	}
	c := sim.Config{Package: "aws", Account: "111111111111", Region: "eu-central-1"}
	for i := 0; ; i++ {
		name := fmt.Sprintf("b%d", i)
		_, _, err := w.Create(c, urn(box, name), props(sim.Props{"name": name}))
		require.NoError(t, err)
		fmt.Println("created " + name)
	}
}
