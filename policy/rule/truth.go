package rule

// Truth is the answer to a question about values that may not be known yet. It is
// not a bool, so that "not known to be true" cannot be taken for "false".
type Truth uint8

// The answers. The zero value claims nothing.
const (
	Maybe Truth = iota
	Yes
	No
)

// TruthOf turns a bool into an answer.
func TruthOf(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

// And is Yes if both are, No if one is, and otherwise Maybe.
func (t Truth) And(u Truth) Truth {
	switch {
	case t == No || u == No:
		return No
	case t == Yes && u == Yes:
		return Yes
	}
	return Maybe
}

// Or is Yes if one is, No if both are, and otherwise Maybe.
func (t Truth) Or(u Truth) Truth { return t.Not().And(u.Not()).Not() }

// Not turns Yes and No around.
func (t Truth) Not() Truth {
	switch t {
	case Yes:
		return No
	case No:
		return Yes
	}
	return Maybe
}

// Is asks whether a value equals one of those wanted; an absent one does not.
func Is[T comparable](v Value[T], wanted ...T) Truth {
	return v.Holds(func(got T) bool {
		for _, w := range wanted {
			if got == w {
				return true
			}
		}
		return false
	}, No)
}

// Answers says of texts whether something is so; it is made by going once through
// everything that says so of some text.
type Answers struct {
	about map[string]Truth
	all   Truth // what is so of every text, as far as an unknown one may be it
}

// NewAnswers says No of every text.
func NewAnswers() *Answers { return &Answers{about: map[string]Truth{}, all: No} }

// Say adds an answer about the text that a value holds, whatever was said before.
// An unknown value may hold any text.
func (a *Answers) Say(v Value[string], answer Truth) {
	switch text, state := v.Get(); state {
	case Known:
		a.about[text] = a.About(text).Or(answer)
	case Unknown:
		a.SayOfAll(Maybe.And(answer))
	}
}

// SayOfAll adds an answer about every text.
func (a *Answers) SayOfAll(answer Truth) { a.all = a.all.Or(answer) }

// About is the answer about a text.
func (a *Answers) About(text string) Truth {
	if said, ok := a.about[text]; ok {
		return said.Or(a.all)
	}
	return a.all
}
