package extract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tenant-runtime/rehearsal/sim/schema"
)

// Text is a schema as the files beside package schema have it: a line for each kind's
// inputs and outputs and for each type, so that a diff shows what changed.
func Text(s *schema.Schema) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{\"kinds\": {\n")
	for i, name := range slices.Sorted(maps.Keys(s.Kinds)) {
		in, err := json.Marshal(s.Kinds[name].In)
		if err != nil {
			return nil, err
		}
		out, err := json.Marshal(s.Kinds[name].Out)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s %q: {\n  \"in\": %s,\n  \"out\": %s\n }", comma(i), name, in, out)
	}
	b.WriteString("\n}, \"types\": {\n")
	for i, name := range slices.Sorted(maps.Keys(s.Types)) {
		object, err := json.Marshal(s.Types[name])
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s %q: %s", comma(i), name, object)
	}
	b.WriteString("\n}}\n")
	return b.Bytes(), nil
}

// comma stands before all lines but the first.
func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ",\n"
}
