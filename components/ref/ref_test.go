package ref_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/components/database"
	"tenant-runtime/components/keys"
	"tenant-runtime/components/network"
	"tenant-runtime/components/ref"
	"tenant-runtime/components/scope"
)

type name string

// every has each shape that a reference may have.
type every struct {
	ARN           pulumi.StringOutput
	SecurityGroup pulumi.StringOutput
	Name          name
	Named         map[name]pulumi.StringOutput
	Subnets       map[name][]pulumi.StringOutput
	Inner         inner
	List          []inner
	Pointer       *inner
	None          *inner
	Maybe         pulumi.StringOutput `ref:"optional"`
	Perhaps       name                `ref:"optional"`
}

type inner struct{ URL name }

type hidden struct{ name name }

func out(text string) pulumi.StringOutput { return pulumi.String(text).ToStringOutput() }

func full() every {
	return every{
		ARN: out("arn"), SecurityGroup: out("group"), Name: "n",
		Named: map[name]pulumi.StringOutput{"a": out("A"), "b": out("B")}, Subnets: map[name][]pulumi.StringOutput{"app": {out("s1"), out("s2")}},
		Inner: inner{"u"}, List: []inner{{"u1"}, {"u2"}}, Pointer: &inner{"p"},
	}
}

// resolve writes a reference with what its outputs became, as JSON.
func resolve(t *testing.T, of any) any {
	t.Helper()
	return plain(t, reflect.ValueOf(of))
}

func plain(t *testing.T, v reflect.Value) any {
	t.Helper()
	if o, ok := v.Interface().(pulumi.StringOutput); ok {
		if o.OutputState == nil {
			return nil
		}
		var (
			text string
			done sync.WaitGroup
		)
		done.Add(1)
		o.ApplyT(func(s string) string { text = s; done.Done(); return s })
		done.Wait()
		return text
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return plain(t, v.Elem())
	case reflect.Struct:
		all := map[string]any{}
		for i := range v.NumField() {
			all[v.Type().Field(i).Name] = plain(t, v.Field(i))
		}
		return all
	case reflect.Map:
		all := map[string]any{}
		for _, key := range v.MapKeys() {
			all[key.String()] = plain(t, v.MapIndex(key))
		}
		return all
	case reflect.Slice:
		all := []any{}
		for i := range v.Len() {
			all = append(all, plain(t, v.Index(i)))
		}
		return all
	}
	return v.String()
}

// exported is what another stack finds: Export's value with its outputs resolved.
func exported(t *testing.T, reference any) map[string]any {
	t.Helper()
	fields, err := ref.Export(reference)
	require.NoError(t, err)
	return settled(t, fields).(map[string]any)
}

func settled(t *testing.T, in pulumi.Input) any {
	t.Helper()
	switch in := in.(type) {
	case pulumi.Map:
		all := map[string]any{}
		for key, value := range in {
			all[key] = settled(t, value)
		}
		return all
	case pulumi.Array:
		all := []any{}
		for _, value := range in {
			all = append(all, settled(t, value))
		}
		return all
	case pulumi.String:
		return string(in)
	case pulumi.StringOutput:
		return plain(t, reflect.ValueOf(in))
	}
	t.Fatalf("%T is exported", in)
	return nil
}

func TestWhatIsExportedIsReadAgain(t *testing.T) {
	key := keys.Key{ID: out("key"), Azure: &keys.AzureKey{VaultURI: out("v"), Name: out("n"), Identity: out("i")}}
	for _, reference := range []any{
		full(),
		keys.Ref{keys.Storage: key, keys.Logs: keys.Key{ID: out("logs")}},
		network.Ref{AWS: &network.AWS{VPC: out("vpc"), Subnets: map[scope.Zone][]pulumi.StringOutput{scope.App: {out("a"), out("b")}}, Workloads: out("w"), Agents: out("g")}},
		network.Ref{},
		database.Ref{Address: out("a"), Name: out("n"), Secret: out("s"), AWS: &database.AWS{ARN: out("arn"), ResourceID: out("id")}},
	} {
		t.Run(reflect.TypeOf(reference).String(), func(t *testing.T) {
			into := reflect.New(reflect.TypeOf(reference))
			require.NoError(t, ref.Read(exported(t, reference), into.Interface()))
			assert.Equal(t, resolve(t, reference), resolve(t, into.Elem().Interface()))
		})
	}
}

func TestFieldsAreInCamelCase(t *testing.T) {
	assert.Equal(t, map[string]any{
		"arn": "arn", "securityGroup": "group", "name": "n", "named": map[string]any{"a": "A", "b": "B"}, "subnets": map[string]any{"app": []any{"s1", "s2"}},
		"inner": map[string]any{"url": "u"}, "list": []any{map[string]any{"url": "u1"}, map[string]any{"url": "u2"}}, "pointer": map[string]any{"url": "p"},
	}, exported(t, full()), "and what there is none of is left out")
}

func TestWhatIsUnsetIsNotExported(t *testing.T) {
	for want, edit := range map[string]func(*every){
		"arn is not set":            func(e *every) { e.ARN = pulumi.StringOutput{} },
		"name is empty":             func(e *every) { e.Name = "" },
		"named.b is not set":        func(e *every) { e.Named["b"] = pulumi.StringOutput{} },
		"subnets.app[1] is not set": func(e *every) { e.Subnets["app"][1] = pulumi.StringOutput{} },
		"inner.url is empty":        func(e *every) { e.Inner.URL = "" },
		"list[1].url is empty":      func(e *every) { e.List[1].URL = "" },
		"pointer.url is empty":      func(e *every) { e.Pointer.URL = "" },
	} {
		e := full()
		edit(&e)
		_, err := ref.Export(e)
		assert.EqualError(t, err, want)
	}
}

func TestOtherShapesAreNotExported(t *testing.T) {
	for want, of := range map[string]any{
		"port is of type int, which no stack can export":                struct{ Port int }{1},
		"b is of type bool, which no stack can export":                  struct{ B bool }{},
		"id is of type pulumi.IDOutput, which no stack can export":      struct{ ID pulumi.IDOutput }{},
		"hidden is of type ref_test.hidden, which no stack can export":  struct{ Hidden hidden }{hidden{"a"}},
		"any is of type interface {}, which no stack can export":        struct{ Any any }{"a"},
		"numbered is of type map[int]string, which no stack can export": struct{ Numbered map[int]string }{map[int]string{1: "a"}},
		"list[0] is of type int, which no stack can export":             struct{ List []int }{[]int{1}},
		"string is not a struct":                                        "text",
		"[]string is not a struct":                                      []string{"a"},
	} {
		_, err := ref.Export(of)
		assert.EqualError(t, err, want)
	}
}

// edited is what full exports, with one value at a path replaced or, by nil, removed.
func edited(t *testing.T, value any, path ...string) map[string]any {
	all := exported(t, full())
	at := all
	for _, step := range path[:len(path)-1] {
		at = at[step].(map[string]any)
	}
	if last := path[len(path)-1]; value == nil {
		delete(at, last)
	} else {
		at[last] = value
	}
	return all
}

func TestWhatDoesNotFitIsNamed(t *testing.T) {
	for want, from := range map[string]any{
		"arn is missing":                    edited(t, nil, "arn"),
		"inner.url is missing":              edited(t, nil, "inner", "url"),
		"pointer.url is missing":            edited(t, nil, "pointer", "url"),
		"arn is , not text":                 edited(t, "", "arn"),
		"name is 7, not text":               edited(t, 7.0, "name"),
		"named.b is true, not text":         edited(t, true, "named", "b"),
		"named is text, not an object":      edited(t, "text", "named"),
		"inner is [], not an object":        edited(t, []any{}, "inner"),
		"list is text, not a list":          edited(t, "text", "list"),
		"list[1].url is missing":            edited(t, []any{map[string]any{"url": "a"}, map[string]any{}}, "list"),
		"subnets.app[0] is map[], not text": edited(t, []any{map[string]any{}}, "subnets", "app"),
		"maybe is 1, not text":              edited(t, 1.0, "maybe"),
	} {
		assert.EqualError(t, ref.Read(from, new(every)), want)
	}
	for _, from := range []any{nil, "text", 7.0, true, []any{}} {
		assert.ErrorContains(t, ref.Read(from, new(every)), "not an object")
	}
	assert.EqualError(t, ref.Read(map[string]any{"id": map[string]any{}}, new(struct{ ID pulumi.IDOutput })), "id is of type pulumi.IDOutput, which no stack can read")
	assert.EqualError(t, ref.Read(map[string]any{"port": 1.0}, new(struct{ Port int })), "port is 1, not an object")
	assert.EqualError(t, ref.Read(map[string]any{"port": map[string]any{}}, new(struct{ Port int })), "port is of type int, which no stack can read")
}

// What is not there comes back as not there, and never as an output that waits.
func TestNoneIsRead(t *testing.T) {
	var e every
	require.NoError(t, ref.Read(edited(t, nil, "pointer"), &e))
	assert.Nil(t, e.Pointer)
	assert.Nil(t, e.None)
	assert.Nil(t, e.Maybe.OutputState)
	assert.Empty(t, e.Perhaps)
}

// Whatever another stack exports is read or refused.
func TestReadingNeverPanics(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	read := 0
	for range 5000 {
		var e every
		from := grown(r, exported(t, full()), 3)
		err := ref.Read(from, &e)
		if err != nil {
			assert.NotEmpty(t, err.Error())
			continue
		}
		read++
		_, err = ref.Export(e)
		assert.NoError(t, err, "what was read from %v is complete", from)
	}
	assert.Positive(t, read)
	assert.Less(t, read, 5000)
}

// grown replaces some of the values in a value by arbitrary ones.
func grown(r *rand.Rand, v any, depth int) any {
	if r.IntN(30) == 0 {
		return arbitrary(r, depth)
	}
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = grown(r, value, depth-1)
		}
	case []any:
		for i, value := range v {
			v[i] = grown(r, value, depth-1)
		}
	}
	return v
}

func arbitrary(r *rand.Rand, depth int) any {
	most := 7
	if depth <= 0 {
		most = 5
	}
	switch r.IntN(most) {
	case 0:
		return nil
	case 1:
		return ""
	case 2:
		return "text"
	case 3:
		return 1.5
	case 4:
		return r.IntN(2) == 0
	case 5:
		return []any{arbitrary(r, depth-1)}
	}
	return map[string]any{"url": arbitrary(r, depth-1), "": arbitrary(r, depth-1)}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{`{}`, `null`, `{"storage":{"id":"key"}}`, `{"storage":{"id":"key","azure":{"vaultURI":"v","name":"n","identity":"i"}}}`, `{"":[]}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var from any
		if json.Unmarshal([]byte(text), &from) != nil {
			return
		}
		for _, into := range []any{&keys.Ref{}, &network.Ref{}, &database.Ref{}, &every{}} {
			if err := ref.Read(from, into); err == nil {
				_, err = ref.Export(reflect.ValueOf(into).Elem().Interface())
				assert.NoError(t, err)
			}
		}
	})
}
