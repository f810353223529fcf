package extract

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"tenant-runtime/rehearsal/sim/schema"
)

// sourceDir finds the directory of the Go package that declares a kind.
func sourceDir(kind string) (string, error) {
	parts := strings.Split(kind, ":")
	module, _, _ := strings.Cut(parts[1], "/")
	if parts[0] == "pulumi" {
		parts[0], module = parts[2], ""
	}
	path, inside := "", ""
	switch parts[0] {
	case "aws":
		path, inside = "github.com/pulumi/pulumi-aws/sdk/v6", "go/aws"
	case "gcp":
		path, inside = "github.com/pulumi/pulumi-gcp/sdk/v7", "go/gcp"
	case "azure-native":
		path = "github.com/pulumi/pulumi-azure-native-sdk/" + module + "/v2"
		if module == "" {
			path = "github.com/pulumi/pulumi-azure-native-sdk/v2"
		}
		module = ""
	default:
		return "", fmt.Errorf("no SDK is known for package %s", parts[0])
	}
	root, err := moduleDir(path)
	return filepath.Join(root, inside, module), err
}

var (
	moduleDirs = map[string]string{}
	moduleLock sync.Mutex
)

func moduleDir(path string) (string, error) {
	moduleLock.Lock()
	defer moduleLock.Unlock()
	if dir, ok := moduleDirs[path]; ok {
		return dir, nil
	}
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", path).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go list -m %s: %w: %s", path, err, out)
	}
	moduleDirs[path] = strings.TrimSpace(string(out))
	return moduleDirs[path], nil
}

// source is one Go package of an SDK.
type source struct {
	dir, name string
	types     *text // the files with nested types and enums, read as one
}

func (x *extractor) open(dir string) (*source, error) {
	if src, ok := x.packages[dir]; ok {
		return src, nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "pulumi*.go")) // pulumiTypes.go, pulumiTypes1.go, pulumiEnums.go
	if err != nil {
		return nil, err
	}
	var all []byte
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		all = append(all, content...)
	}
	name := filepath.Base(dir)
	if strings.HasPrefix(name, "v2@") { // an azure-native service: .../keyvault/v2@v2.90.0
		name = filepath.Base(filepath.Dir(dir))
	}
	src := &source{dir: dir, name: name, types: newText(all)}
	x.packages[dir] = src
	return src, nil
}

// sibling is the directory of another package of the same SDK.
func (s *source) sibling(name string) string {
	if parent := filepath.Dir(s.dir); filepath.Base(filepath.Dir(parent)) == "go" {
		return filepath.Join(parent, name)
	}
	return filepath.Join(s.dir, name) // seen from the SDK's root package
}

// resourceFile finds the file that registers the kind.
func (s *source) resourceFile(name, kind string) (*text, error) {
	files, err := filepath.Glob(filepath.Join(s.dir, "*.go"))
	if err != nil {
		return nil, err
	}
	likely := filepath.Join(s.dir, strings.ToLower(name[:1])+name[1:]+".go")
	for _, file := range append([]string{likely}, files...) {
		content, err := os.ReadFile(file)
		if err == nil && bytes.Contains(content, []byte(`Resource("`+kind+`", name`)) {
			return newText(content), nil
		}
	}
	return nil, fmt.Errorf("no file in %s registers it", s.dir)
}

// text is Go source whose type declarations can be found without parsing all of
// it: the types of aws wafv2 alone are twelve megabytes.
type text struct {
	source []byte
	decls  map[string]int // where "type NAME" begins
}

var declaration = regexp.MustCompile(`(?m)^type (\w+) `)

func newText(source []byte) *text {
	t := &text{source: source, decls: map[string]int{}}
	for _, m := range declaration.FindAllSubmatchIndex(source, -1) {
		t.decls[string(source[m[2]:m[3]])] = m[0]
	}
	return t
}

// has tells whether a name is that of a struct with fields, and not of a list or
// map of them.
func (t *text) has(name string) bool {
	at, ok := t.decls[name]
	return ok && bytes.HasPrefix(t.source[at:], []byte("type "+name+" struct {\n"))
}

// plainArgs is the name of the struct whose fields carry the tags: keyArgs beside
// KeyArgs, iammemberArgs beside IAMMemberArgs.
func (t *text) plainArgs(name string) string {
	for decl := range t.decls {
		if strings.EqualFold(decl, name+"Args") && decl != name+"Args" {
			return decl
		}
	}
	return name + "Args"
}

func (t *text) structure(name string) ([]*ast.Field, error) {
	at, ok := t.decls[name]
	if !ok {
		return nil, fmt.Errorf("struct %s not found", name)
	}
	end := bytes.Index(t.source[at:], []byte("\n}"))
	file, err := parser.ParseFile(token.NewFileSet(), name, "package p\n"+string(t.source[at:at+end+2]), parser.ParseComments)
	if err != nil {
		return nil, err
	}
	spec := file.Decls[0].(*ast.GenDecl).Specs[0].(*ast.TypeSpec)
	structure, ok := spec.Type.(*ast.StructType)
	if !ok {
		return nil, fmt.Errorf("%s is not a struct", name)
	}
	return structure.Fields.List, nil
}

// enum returns string(a|b) for a named scalar and its constants.
func (t *text) enum(name string) (schema.Type, bool, error) {
	at, ok := t.decls[name]
	if !ok {
		return "", false, nil
	}
	line, _, _ := bytes.Cut(t.source[at:], []byte("\n"))
	base, ok := scalars[strings.TrimPrefix(string(line), "type "+name+" ")]
	if !ok {
		return "", false, nil
	}
	var values []string
	for _, m := range regexp.MustCompile(`= `+name+`\((.*)\)`).FindAllSubmatch(t.source, -1) {
		value := string(m[1])
		if base == "string" {
			var err error
			if value, err = strconv.Unquote(value); err != nil {
				return "", true, fmt.Errorf("%s: constant %s: %w", name, m[1], err)
			}
		}
		values = append(values, value)
	}
	slices.Sort(values)
	return base + schema.Type("("+strings.Join(slices.Compact(values), "|")+")"), true, nil
}

var (
	requiredArgument = regexp.MustCompile(`invalid value for required argument '(\w+)'`)
	secretOutputs    = regexp.MustCompile(`(?s)AdditionalSecretOutputs\(\[\]string\{(.*?)\}\)`)
	secretArgument   = regexp.MustCompile(`args\.(\w+) = pulumi\.ToSecret`)
	quoted           = regexp.MustCompile(`"(\w+)"`)
)

// constructor reads what only the body of NewX says: which arguments must be
// given, and which properties are secret.
func (t *text) constructor(name string) (required, secret map[string]bool) {
	required, secret = map[string]bool{}, map[string]bool{}
	fields, err := t.structure(name + "Args") // the field names of the pulumi.Input struct, whose tags it lacks
	if err != nil {
		return required, secret
	}
	property := map[string]string{}
	plainFields, _ := t.structure(t.plainArgs(name))
	for i, field := range fields {
		tag, _ := strconv.Unquote(plainFields[i].Tag.Value)
		property[field.Names[0].Name] = strings.TrimSuffix(strings.TrimPrefix(tag, `pulumi:"`), `"`)
	}
	for _, m := range requiredArgument.FindAllSubmatch(t.source, -1) {
		required[property[string(m[1])]] = true
	}
	for _, m := range secretArgument.FindAllSubmatch(t.source, -1) {
		secret[property[string(m[1])]] = true
	}
	for _, m := range secretOutputs.FindAllSubmatch(t.source, -1) {
		for _, q := range quoted.FindAllSubmatch(m[1], -1) {
			secret[string(q[1])] = true
		}
	}
	return required, secret
}
