package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The test binary doubles as the supervisor.
func TestMain(m *testing.M) {
	if os.Getenv("BE_THE_SUPERVISOR") != "" {
		main()
	}
	os.Exit(m.Run())
}

// start runs a shell command under a supervisor and returns it with the end that keeps it alive.
func start(t *testing.T, script string, args ...string) (supervisor *exec.Cmd, held *os.File) {
	t.Helper()
	watched, held, err := os.Pipe()
	require.NoError(t, err)
	lock, err := os.Create(filepath.Join(t.TempDir(), "lock"))
	require.NoError(t, err)
	supervisor = exec.Command(os.Args[0], append(args, "sh", "-c", script)...)
	supervisor.Env = append(os.Environ(), "BE_THE_SUPERVISOR=yes")
	supervisor.ExtraFiles = []*os.File{watched, lock}
	supervisor.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	require.NoError(t, supervisor.Start())
	watched.Close()
	lock.Close()
	t.Cleanup(func() { held.Close(); supervisor.Process.Kill() })
	return supervisor, held
}

// pid waits for the engine to have written its process id.
func pid(t *testing.T, file string) int {
	t.Helper()
	var id int
	require.Eventually(t, func() bool {
		text, _ := os.ReadFile(file)
		id, _ = strconv.Atoi(strings.TrimSpace(string(text)))
		return id > 0
	}, 5*time.Second, 10*time.Millisecond)
	return id
}

func gone(id int) func() bool {
	return func() bool { return syscall.Kill(id, 0) == syscall.ESRCH }
}

func TestTheEngineEndsWithTheRehearsal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	supervisor, held := start(t, "trap '' INT TERM; echo $$ > "+file+"; while :; do sleep 0.1; done")
	engine := pid(t, file)
	held.Close() // what the kernel does for a killed rehearsal
	assert.Error(t, supervisor.Wait())
	assert.Eventually(t, gone(engine), 5*time.Second, 10*time.Millisecond)
}

func TestAnInterruptIsPassedOn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	supervisor, _ := start(t, "trap 'exit 7' INT; echo $$ > "+file+"; while :; do sleep 0.1; done")
	pid(t, file)
	require.NoError(t, supervisor.Process.Signal(os.Interrupt))
	supervisor.Wait()
	assert.Equal(t, 7, supervisor.ProcessState.ExitCode())
}

func TestTheExitStatusIsTheEngines(t *testing.T) {
	supervisor, _ := start(t, "exit 42")
	supervisor.Wait()
	assert.Equal(t, 42, supervisor.ProcessState.ExitCode())
}

func TestTheEngineFindsTheCloudsThroughTheRelay(t *testing.T) {
	file := filepath.Join(t.TempDir(), "providers")
	supervisor, _ := start(t, "echo $PULUMI_DEBUG_PROVIDERS > "+file, "-cloud", "aws=127.0.0.1:1", "-cloud", "gcp=127.0.0.1:2")
	require.NoError(t, supervisor.Wait())
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Regexp(t, `^aws:\d+,gcp:\d+\n$`, string(text))
	assert.NotContains(t, string(text), "aws:1,", "the relay's port, not the cloud's")
}

// An engine that saw its cloud hang up would write a create that may have happened off as failed.
func TestTheEngineNeverSeesACloudHangUp(t *testing.T) {
	cloud, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port, err := relay(cloud.Addr().String())
	require.NoError(t, err)
	engine, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(port))
	require.NoError(t, err)
	defer engine.Close()
	connection, err := cloud.Accept()
	require.NoError(t, err)

	_, err = engine.Write([]byte("create"))
	require.NoError(t, err)
	buffer := make([]byte, 16)
	n, err := connection.Read(buffer)
	require.NoError(t, err)
	assert.Equal(t, "create", string(buffer[:n]))
	connection.Close()
	cloud.Close()

	require.NoError(t, engine.SetReadDeadline(time.Now().Add(300*time.Millisecond)))
	_, err = engine.Read(buffer)
	assert.ErrorIs(t, err, os.ErrDeadlineExceeded, "open and mute")
}
