// Command supervisor runs one Pulumi engine that must not outlive the rehearsal, nor ever see the
// simulated clouds die under it.
//
// The clouds live in the rehearsal's process. If that process is killed while the engine waits for
// a create to finish, the engine would see a broken connection, take the create for failed and
// write so into the stack's state: the resource exists, and the state denies it. A real cloud does
// not die with its user, and neither does a relayed connection here. The engine talks to the clouds
// through this process, which first kills the engine and only then lets the connection end. The
// state stays as it was before the run, and the next run finds out what was done since.
//
// Usage: supervisor [-cloud PACKAGE=ADDRESS]... COMMAND ARGS..., with the read end of a pipe as file
// descriptor 3. End of file on it means that the rehearsal is gone. File descriptor 4 is the
// rehearsal's lock; passing it on makes the lock last until the engine's last child has ended.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "supervisor:", err)
		code = 1
	}
	os.Exit(code)
}

func run(args []string) (int, error) {
	flags := flag.NewFlagSet("supervisor", flag.ContinueOnError)
	var attach []string
	flags.Func("cloud", "PACKAGE=ADDRESS of a simulated provider", func(value string) error {
		name, address, ok := strings.Cut(value, "=")
		if !ok {
			return fmt.Errorf("%q is not PACKAGE=ADDRESS", value)
		}
		port, err := relay(address)
		attach = append(attach, fmt.Sprintf("%s:%d", name, port))
		return err
	})
	if err := flags.Parse(args); err != nil {
		return 1, err
	}
	if flags.NArg() == 0 {
		return 1, errors.New("no command to run")
	}
	return supervise(exec.Command(flags.Arg(0), flags.Args()[1:]...), attach)
}

// supervise runs the engine until it ends or the rehearsal does.
func supervise(engine *exec.Cmd, attach []string) (int, error) {
	rehearsal, lock := os.NewFile(3, "rehearsal"), os.NewFile(4, "lock")
	engine.Env = append(os.Environ(), "PULUMI_DEBUG_PROVIDERS="+strings.Join(attach, ","))
	engine.Stdin, engine.Stdout, engine.Stderr = os.Stdin, os.Stdout, os.Stderr
	engine.ExtraFiles = []*os.File{lock}
	engine.SysProcAttr = dieWithParent()

	// Before the engine starts: an interrupt that comes at once must not end us alone.
	interrupts := make(chan os.Signal, 4)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	// dieWithParent counts the thread that starts the engine as its parent.
	runtime.LockOSThread()
	if err := engine.Start(); err != nil {
		return 1, err
	}
	go func() {
		for range interrupts { // the first cancels gracefully, the second at once: Pulumi's own rule
			engine.Process.Signal(os.Interrupt)
		}
	}()
	go func() {
		io.Copy(io.Discard, rehearsal)
		engine.Process.Kill()
	}()
	err := engine.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// relay listens on loopback and connects whoever calls with address. When the far side ends, the
// near side stays open, mute, until this process exits.
func relay(address string) (port int, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				far, err := net.Dial("tcp", address)
				if err != nil {
					return // mute as well: the rehearsal is ending
				}
				go io.Copy(near, far)
				io.Copy(far, near)
				far.Close()
			}()
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
