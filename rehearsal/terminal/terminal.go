// Package terminal knows whether lines can be redrawn in place, and how long they may be.
//
// The launcher imports it too; golang.org/x/term is all that this costs before the first progress.
package terminal

import (
	"io"
	"os"

	"golang.org/x/term"
)

// Elsewhere is the length of a line where no terminal says what it can show: in a log, say.
const Elsewhere = 100

// Width returns how many columns out has, if it is a terminal that can move its cursor.
func Width(out io.Writer) (columns int, ok bool) {
	file, ok := out.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) || os.Getenv("TERM") == "dumb" {
		return Elsewhere, false
	}
	columns, _, err := term.GetSize(int(file.Fd()))
	if err != nil || columns < 1 {
		return Elsewhere, true
	}
	return columns, true
}

// Cut shortens a line to columns, so that it takes one row only: a second one would stay behind when
// the first is redrawn.
func Cut(line string, columns int) string {
	text := []rune(line)
	return string(text[:min(len(text), columns)])
}
