package toolchain

import (
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// perCompiler is what the largest package takes to compile: 5.3 GB for azure-native network
// v2.90.0, 5.0 GB for gcp compute v7.38.0 (measured with Go 1.26, 2026-11).
const perCompiler = 5 << 30

// parallelism is how many compilers fit. Unknown memory counts as enough for three: the few large
// packages rarely coincide, and systems that do not tell can swap.
func parallelism(available int64, cpus int) int {
	fit := 3
	if available > 0 {
		fit = int(available / perCompiler)
	}
	return max(1, min(fit, cpus))
}

// compilers are the flags that keep the go command from starting more compilers than fit.
func compilers() []string {
	if n := parallelism(availableMemory(), runtime.NumCPU()); n < runtime.NumCPU() {
		return []string{"-p", strconv.Itoa(n)}
	}
	return nil
}

var memAvailable = regexp.MustCompile(`(?m)^MemAvailable:\s+(\d+) kB$`)

// availableMemory is what the kernel or the container leaves us, in bytes, or zero if unknown.
func availableMemory() int64 {
	var available int64
	if info, err := os.ReadFile("/proc/meminfo"); err == nil {
		if match := memAvailable.FindSubmatch(info); match != nil {
			kilobytes, _ := strconv.ParseInt(string(match[1]), 10, 64)
			available = kilobytes << 10
		}
	}
	if limit, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if bytes, err := strconv.ParseInt(strings.TrimSpace(string(limit)), 10, 64); err == nil {
			available = min(available, bytes)
		}
	}
	return available
}
