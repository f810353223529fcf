package strict

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

type colour string

func (c *colour) UnmarshalText(text []byte) error {
	if string(text) != "red" {
		return fmt.Errorf("%q is not a colour: use red", text)
	}
	*c = "red"
	return nil
}

type box struct {
	Label  string   `json:"label" example:"tools"`
	Colour colour   `json:"colour,omitempty"`
	Inner  inner    `json:"inner,omitzero"`
	Boxes  []inner  `json:"boxes,omitempty"`
	Shades []colour `json:"shades,omitempty"`
}

type inner struct {
	Name string `json:"name"`
}

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, json string
		want       []string // path: reason
	}{
		{"everything", `{"label":"a","colour":"red","inner":{"name":"n"},"boxes":[{"name":"m"}],"shades":["red"]}`, nil},
		{"only what is required", ` {"label":"a"} `, nil},
		{"missing", `{}`, []string{"box.label: is missing: add it, for example tools"}},
		{"missing inside", `{"label":"a","boxes":[{}]}`, []string{"box.boxes[0].name: is missing: add it"}},
		{"unknown", `{"label":"a","lable":"b"}`, []string{"box.lable: is not a known key: use one of label, colour, inner, boxes, shades"}},
		{"case differs", `{"Label":"a"}`, []string{"box.Label: is not a known key", "box.label: is missing"}},
		{"twice", `{"label":"a","label":"b"}`, []string{"box.label: is given twice: remove one"}},
		{"twice inside", `{"label":"a","inner":{"name":"n","name":"n"}}`, []string{"box.inner.name: is given twice"}},
		{"trailing", `{"label":"a"} {}`, []string{"box: is not JSON: invalid character '{' after top-level value"}},
		{"cut off", `{"label":`, []string{"box: is not JSON: unexpected end"}},
		{"empty", ``, []string{"box: is not JSON: unexpected end"}},
		{"null", `{"label":null}`, []string{"box.label: has no value: write one, for example tools, or remove the key"}},
		{"all null", `null`, []string{"box: has no value"}},
		{"number for text", `{"label":111122223333}`, []string{"box.label: 111122223333 is a number, not text: put it in quotes"}},
		{"truth for text", `{"label":true}`, []string{"box.label: true is a truth value, not text"}},
		{"text for object", `{"label":"a","inner":"n"}`, []string{`box.inner: "n" is text, not an object with the keys name`}},
		{"object for list", `{"label":"a","boxes":{"name":"n"}}`, []string{`box.boxes: {"name":"n"} is an object, not a list`}},
		{"list for text", `{"label":["a"]}`, []string{`box.label: ["a"] is a list, not text`}},
		{"long value", `{"label":[` + strings.Repeat("1,", 90) + `1]}`, []string{"box.label: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1… is a list"}},
		{"empty list", `{"label":"a","boxes":[]}`, []string{"box.boxes: is an empty list"}},
		{"own parser", `{"label":"a","colour":"blue","shades":["red","x"]}`, []string{
			`box.colour: "blue" is not a colour: use red`, `box.shades[1]: "x" is not a colour: use red`}},
		{"all at once", `{"colour":"blue","inner":{},"boxes":[{"name":1},{"name":"n","size":2}]}`, []string{
			"box.colour", "box.inner.name", "box.boxes[0].name", "box.boxes[1].size", "box.label"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range Decode("box", []byte(c.json), new(box)) {
				got = append(got, p.Path+": "+p.Reason)
			}
			if assert.Len(t, got, len(c.want), got) {
				for i := range c.want {
					assert.True(t, strings.HasPrefix(got[i], c.want[i]), "got  %s\nwant %s", got[i], c.want[i])
				}
			}
		})
	}
}

func TestDecodeKeepsWhatIsGood(t *testing.T) {
	var b box
	Decode("box", []byte(`{"label":"a","colour":"blue","boxes":[{"name":1},{"name":"m"}]}`), &b)
	assert.Equal(t, box{Label: "a", Boxes: []inner{{}, {Name: "m"}}}, b, "entries keep their places")
}

func TestDecodeRefusesStructsItCannotRead(t *testing.T) {
	assert.Panics(t, func() {
		Decode("x", []byte(`{"n":1}`), &struct {
			N int `json:"n"`
		}{})
	})
	assert.Panics(t, func() { Decode("x", []byte(`{}`), &struct{ N string }{}) })
}

func TestErrorIsAligned(t *testing.T) {
	assert.NoError(t, Problems(nil).Err())
	assert.EqualError(t, Problems{{"a.b", "is missing"}}.Err(), "1 problem:\n  a.b: is missing")
	assert.EqualError(t, Problems{{"a", "one"}, {"a.long", "two"}}.Err(), "2 problems:\n  a:      one\n  a.long: two")
}

func TestMergeLeavesOutWhatFollows(t *testing.T) {
	first := Problems{{"r.list[1].name", "bad"}, {"r.home", "bad"}}
	got := first.Merge(Problems{{"r.home", "follows"}, {"r.list", "follows"}, {"r.list[1]", "follows"}, {"r.list[10]", "new"}, {"r.homes", "new"}, {"r.list[1].name.x", "new"}})
	assert.Equal(t, append(first, Problem{"r.list[10]", "new"}, Problem{"r.homes", "new"}, Problem{"r.list[1].name.x", "new"}), got)
}
