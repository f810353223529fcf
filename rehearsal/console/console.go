// Package console shows engines at work. A single one draws its own progress, as in a live run;
// several share one line each, redrawn in place on a terminal and repeated now and then elsewhere.
//
// It is our own because the libraries that draw progress (go-pretty v6.8.3, mpb) always move the
// cursor: in a pipe or on TERM=dumb they leave escape sequences, and would need the lines below anyway.
package console

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"tenant-runtime/rehearsal/engine"
	"tenant-runtime/rehearsal/report"
	"tenant-runtime/rehearsal/terminal"
)

const (
	redraw = 200 * time.Millisecond
	repeat = 15 * time.Second
)

// Console shows one command on some stacks.
type Console struct {
	out    io.Writer
	verb   string
	alone  bool // Pulumi shows the only stack itself
	redraw bool // in place, on a terminal
	ended  chan struct{}

	mu    sync.Mutex
	lines []*line
	drawn int
}

// line is one stack's.
type line struct {
	stack    string
	heading  string // the stack's name, as wide as the longest
	progress *engine.Progress
	started  time.Time
	said     time.Time
	report   *report.Report // once it has ended
}

// New shows a command that is about to run on stacks. With brief, a single stack has a line of ours
// too.
func New(out io.Writer, verb string, stacks []string, brief bool) *Console {
	c := &Console{out: out, verb: verb, alone: len(stacks) == 1 && !brief, ended: make(chan struct{})}
	_, c.redraw = terminal.Width(out)
	width := 0
	for _, stack := range stacks {
		width = max(width, len(stack))
	}
	for _, stack := range stacks {
		c.lines = append(c.lines, &line{stack: stack, heading: fmt.Sprintf("%-*s", width, stack), started: time.Now(), said: time.Now()})
	}
	if !c.alone {
		go c.animate()
	}
	return c
}

// Alone tells whether Pulumi shows the only stack itself, findings and errors included.
func (c *Console) Alone() bool { return c.alone }

// Streams are the engine's, and Flags fit them: the terminal for a single one, its log otherwise.
// Pulumi redraws its progress in place only if its input is a terminal too.
func (c *Console) Streams(in io.Reader, log io.Writer) engine.Streams {
	switch {
	case c.alone && c.redraw:
		return engine.Streams{In: in, Out: c.out, Err: c.out}
	case c.alone:
		return engine.Streams{Out: c.out, Err: c.out}
	default:
		return engine.Streams{Out: log, Err: log}
	}
}

// Flags tell Pulumi how to print.
func (c *Console) Flags() []string {
	flags := []string{"--suppress-outputs", "--suppress-permalink=true"}
	if c.alone && c.redraw {
		return flags
	}
	return append(flags, "--suppress-progress", "--non-interactive", "--color=never")
}

// Start follows a stack's engine.
func (c *Console) Start(stack string, progress *engine.Progress) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.line(stack).progress = progress
}

// Done says what became of a stack.
func (c *Console) Done(stack string, r *report.Report) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.line(stack)
	l.report = r
	if !c.redraw && !c.alone {
		fmt.Fprintln(c.out, l.text(c.verb, terminal.Elsewhere))
	}
}

func (c *Console) line(stack string) *line {
	return c.lines[slices.IndexFunc(c.lines, func(l *line) bool { return l.stack == stack })]
}

func (c *Console) animate() {
	for tick := time.NewTicker(redraw); ; {
		select {
		case <-tick.C:
			c.draw()
		case <-c.ended:
			tick.Stop()
			return
		}
	}
}

// End draws the lines for the last time.
func (c *Console) End() {
	close(c.ended)
	if c.redraw && !c.alone {
		c.draw()
	}
}

func (c *Console) draw() {
	c.mu.Lock()
	defer c.mu.Unlock()
	columns, _ := terminal.Width(c.out)
	if c.redraw && c.drawn > 0 {
		fmt.Fprintf(c.out, "\x1b[%dA", c.drawn)
	}
	for _, l := range c.lines {
		switch {
		case c.redraw:
			fmt.Fprintf(c.out, "\r\x1b[K%s\n", l.text(c.verb, columns))
		case l.report == nil && time.Since(l.said) > repeat:
			l.said = time.Now()
			fmt.Fprintln(c.out, l.text(c.verb, columns))
		}
	}
	c.drawn = len(c.lines)
}

// text is what one line says.
func (l *line) text(verb string, columns int) string {
	if l.report != nil {
		outcome := "done"
		if l.report.Failed {
			outcome = "failed"
		}
		text := report.Join(l.heading+" "+verb+" "+outcome, l.report.Changes.String(), report.Seconds(l.report.Took))
		return terminal.Cut(text, columns)
	}
	phase, done, last := "waiting", "", ""
	if l.progress != nil {
		phase = "starting"
		changes, previews, urn := l.progress.Now()
		done, last = changes.String(), report.Label(urn)
		switch {
		case previews && verb != "preview":
			phase = "preview first"
		case urn != "":
			phase = verb
		}
	}
	return terminal.Cut(report.Join(l.heading+" "+phase, done, report.Seconds(time.Since(l.started)), last), columns)
}
