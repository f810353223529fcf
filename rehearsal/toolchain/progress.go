package toolchain

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"tenant-runtime/rehearsal/terminal"
)

const (
	slow      = 2 * time.Second // a build that takes longer is worth an estimate
	everyLine = 15 * time.Second
)

// weight is a package and what compiling it costs, for which the size of its source stands.
type weight struct {
	pkg   string
	bytes int64
	stale bool // to be compiled
}

// progress shows one line about a running build: redrawn in place on a terminal, repeated every
// quarter of a minute elsewhere. A build that ends within a second shows nothing.
type progress struct {
	mu       sync.Mutex
	out      io.Writer
	terminal bool
	done     chan struct{}

	title    string
	started  time.Time
	printed  time.Time
	compiled map[string]bool // packages that were begun
	weights  map[string]weight
	current  string
}

func newProgress(out io.Writer) *progress {
	now := time.Now()
	p := &progress{
		out: out, done: make(chan struct{}), started: now, printed: now.Add(slow - everyLine),
		compiled: map[string]bool{}, weights: map[string]weight{},
	}
	_, p.terminal = terminal.Width(out)
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
	p.title, p.current = title, "linking"
}

// expect adds to what is known to be needed.
func (p *progress) expect(work []weight) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range work {
		p.weights[w.pkg] = w
	}
}

// large is a build whose time is the compilers' and not the linker's, of which nothing is known.
const large = 10 << 20

// left estimates how long the rest takes: as long per byte of source as what was compiled. The first
// seconds say nothing yet.
func (p *progress) left(took time.Duration) (left time.Duration, known bool) {
	var done, rest int64
	for _, w := range p.weights {
		switch {
		case p.compiled[w.pkg]:
			done += w.bytes
		case w.stale:
			rest += w.bytes
		}
	}
	if done == 0 || done+rest < large || took < everyLine {
		return 0, false
	}
	return time.Duration(float64(took) * float64(rest) / float64(done)), true
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
		case line != "" && !strings.ContainsAny(line, " :#"):
			p.compiled[line] = true
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
	took := time.Since(p.started)
	if p.title == "" || took < time.Second {
		return
	}
	columns, _ := terminal.Width(p.out)
	switch line := terminal.Cut(p.line(took), columns); {
	case p.terminal:
		fmt.Fprintf(p.out, "\r\x1b[K%s", line)
	case time.Since(p.printed) > everyLine:
		p.printed = time.Now()
		fmt.Fprintln(p.out, line)
	}
}

func (p *progress) line(took time.Duration) string {
	estimate := ""
	if left, known := p.left(took); known {
		estimate = ", about " + roughly(left) + " left"
	}
	return fmt.Sprintf("Building %s · %s%s · %d packages · %s", p.title, took.Round(time.Second), estimate, len(p.compiled), short(p.current))
}

// roughly renders a duration no finer than an estimate deserves.
func roughly(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d s", max(10, int(d.Seconds()+9)/10*10))
	}
	return fmt.Sprintf("%d min", int(d.Minutes()+0.5))
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
