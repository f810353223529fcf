package toolchain

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

const (
	firstLine = 2 * time.Second
	everyLine = 15 * time.Second
)

// progress shows one line about a running build: redrawn in place on a terminal, repeated every
// quarter of a minute elsewhere. A stage that ends within a second shows nothing.
type progress struct {
	mu       sync.Mutex
	out      io.Writer
	terminal bool
	done     chan struct{}

	title    string
	started  time.Time
	printed  time.Time
	compiled int
	packages int
	current  string
}

func newProgress(out io.Writer) *progress {
	p := &progress{out: out, done: make(chan struct{})}
	if file, ok := out.(*os.File); ok {
		info, err := file.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	go func() {
		for tick := time.NewTicker(200 * time.Millisecond); ; {
			select {
			case <-tick.C:
				p.draw()
			case <-p.done:
				tick.Stop()
				return
			}
		}
	}()
	return p
}

func (p *progress) stage(title string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	p.title, p.started = title, time.Now()
	p.printed = p.started.Add(firstLine - everyLine)
	p.compiled, p.packages, p.current = 0, 0, "reading packages"
}

func (p *progress) total(packages int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.packages, p.current = packages, "linking"
}

// follow reads what the go command prints while it works and returns the lines that are neither a
// download nor a package: its complaints.
func (p *progress) follow(lines *bufio.Scanner) (problems []string) {
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		p.mu.Lock()
		switch {
		case strings.HasPrefix(line, "go: downloading "):
			p.current = strings.TrimPrefix(line, "go: ")
		case p.packages > 0 && !strings.ContainsAny(line, " :#"):
			p.compiled++
			p.current = line
		default:
			problems = append(problems, line)
		}
		p.mu.Unlock()
	}
	return problems
}

func (p *progress) say(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	fmt.Fprintln(p.out, text)
}

func (p *progress) finish() {
	close(p.done)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

func (p *progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.title == "" || time.Since(p.started) < time.Second {
		return
	}
	switch {
	case p.terminal:
		fmt.Fprintf(p.out, "\r\x1b[K%s", p.line())
	case time.Since(p.printed) > everyLine:
		p.printed = time.Now()
		fmt.Fprintln(p.out, p.line())
	}
}

// line counts compiled packages against all: those the cache already has are never announced, so
// a half-warm build ends below its total.
func (p *progress) line() string {
	took := time.Since(p.started).Round(time.Second)
	if p.packages == 0 {
		return fmt.Sprintf("Building %s · %s · %s", p.title, took, p.current)
	}
	return fmt.Sprintf("Building %s · %s · %d compiled of at most %d · %s", p.title, took, p.compiled, p.packages, short(p.current))
}

func (p *progress) clear() {
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// short keeps the end of a package path, which says which package it is.
func short(path string) string {
	const most = 40
	if len(path) <= most {
		return path
	}
	return "…" + path[len(path)-most:]
}
