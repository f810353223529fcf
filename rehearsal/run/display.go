package run

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// display shows engines at work. A single one draws its own progress, as in a live run; several
// share one line each, redrawn in place on a terminal and repeated now and then elsewhere.
type display struct {
	out      io.Writer
	terminal bool
	single   bool
	verb     string
	ended    chan struct{}

	mu    sync.Mutex
	lines []*line
	drawn int
}

// line is one stack's.
type line struct {
	stack   string
	events  *summary
	started time.Time
	said    time.Time
	report  *Report // once it has ended
}

const (
	redraw = 200 * time.Millisecond
	repeat = 15 * time.Second
)

func (r *Rehearsal) display(stacks []string, verb string) *display {
	d := &display{out: r.out, verb: verb, ended: make(chan struct{})}
	if r.quiet {
		d.out = io.Discard
	}
	d.terminal = isTerminal(d.out)
	d.single = len(stacks) == 1 && !r.quiet && !r.brief
	for _, stack := range stacks {
		d.lines = append(d.lines, &line{stack: stack, started: time.Now(), said: time.Now()})
	}
	if !d.single {
		go d.animate()
	}
	return d
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// streams are the engine's: the terminal for a single one, its log otherwise. Pulumi redraws its
// progress in place only if its input is a terminal too.
func (d *display) streams(log io.Writer) streams {
	switch {
	case d.single && d.terminal:
		return streams{in: os.Stdin, out: d.out, err: d.out}
	case d.single:
		return streams{out: d.out, err: d.out}
	default:
		return streams{out: log, err: log}
	}
}

func (d *display) flags() []string {
	if d.single && d.terminal {
		return []string{"--suppress-outputs", "--suppress-permalink=true"}
	}
	return []string{"--suppress-outputs", "--suppress-permalink=true", "--suppress-progress", "--non-interactive", "--color=never"}
}

func (d *display) start(stack string, events *summary) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.line(stack).events = events
}

func (d *display) done(stack string, report *Report) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.line(stack)
	l.report = report
	if !d.terminal && !d.single {
		fmt.Fprintln(d.out, l.text(d.verb))
	}
}

func (d *display) line(stack string) *line {
	return d.lines[slices.IndexFunc(d.lines, func(l *line) bool { return l.stack == stack })]
}

func (d *display) animate() {
	for tick := time.NewTicker(redraw); ; {
		select {
		case <-tick.C:
			d.draw()
		case <-d.ended:
			tick.Stop()
			return
		}
	}
}

func (d *display) end() {
	close(d.ended)
	if d.terminal && !d.single {
		d.draw()
	}
}

func (d *display) draw() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.terminal && d.drawn > 0 {
		fmt.Fprintf(d.out, "\x1b[%dA", d.drawn)
	}
	for _, l := range d.lines {
		switch {
		case d.terminal:
			fmt.Fprintf(d.out, "\r\x1b[K%s\n", l.text(d.verb))
		case l.report == nil && time.Since(l.said) > repeat:
			l.said = time.Now()
			fmt.Fprintln(d.out, l.text(d.verb))
		}
	}
	d.drawn = len(d.lines)
}

// text is what one line says, short enough for 100 columns.
func (l *line) text(verb string) string {
	if l.report != nil {
		outcome := "done"
		if l.report.Failed {
			outcome = "failed"
		}
		return join(fmt.Sprintf("%-10s %s %s", l.stack, verb, outcome), counts(l.report.Changes), seconds(l.report.Took))
	}
	phase, changes, last := "starting", "", ""
	if l.events != nil {
		l.events.mu.Lock()
		defer l.events.mu.Unlock()
		changes, last = counts(l.events.changes), l.events.last
		if last != "" {
			phase = verb
		}
		if l.events.previews && verb != "preview" {
			phase = "preview first"
		}
	}
	text := []rune(join(fmt.Sprintf("%-10s %s", l.stack, phase), changes, seconds(time.Since(l.started)), label(last)))
	return string(text[:min(len(text), 100)])
}

// join separates what there is to say.
func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

func seconds(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}
