package sim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"tenant-runtime/rehearsal/sim/schema"
)

// A template is text with placeholders in braces:
//
//	{account} {region} {partition}  where the resource is
//	{name} {id} {urn}               which one it is; {urn} is its logical name
//	{bucket} {sku.name}             a property, given, computed or filled in
//	{config.tenantId}               the provider's configuration
//	{ref.keyId.arn}                 a property (or id, region, account) of what the property keyId names
//	{path|/}                        the same, or else the text behind the bar; {project|{account}} nests
//	{hex 17} {digits 12} {uuid}     invented: the same for the same resource on every run
var placeholder = regexp.MustCompile(`\{([^{}|]+)(?:\|((?:[^{}]|\{[^{}]*\})*))?\}`)

// words are the placeholders that are not properties.
var words = []string{"account", "region", "partition", "name", "id", "urn", "config", "ref", "hex", "digits", "uuid"}

// fill fills a template in. Invented values also depend on salt, so that two
// properties of a resource differ.
func (o *Op) fill(template, salt string) string {
	return placeholder.ReplaceAllStringFunc(template, func(match string) string {
		m := placeholder.FindStringSubmatch(match)
		if value := o.lookup(m[1], salt); value != "" {
			return value
		}
		if m[2] == "" {
			return ""
		}
		return o.fill(m[2], salt)
	})
}

func (o *Op) lookup(name, salt string) string {
	verb, count, _ := strings.Cut(name, " ")
	switch verb {
	case "account":
		return o.Account
	case "region":
		return o.Region
	case "partition":
		return partition(o.Config.Region)
	case "name":
		return o.Name
	case "id":
		return o.ID
	case "urn":
		return string(o.URN.Name())
	case "hex":
		n, _ := strconv.Atoi(count)
		return o.invent(salt)[:n]
	case "digits":
		n, _ := strconv.Atoi(count)
		number, _ := new(big.Int).SetString(o.invent(salt), 16)
		return number.String()[:n]
	case "uuid":
		h := o.invent(salt)
		return fmt.Sprintf("%s-%s-4%s-a%s-%s", h[:8], h[8:12], h[13:16], h[17:20], h[20:32])
	}
	if path, ok := strings.CutPrefix(name, "config."); ok {
		return text(o.Config.Props, path)
	}
	if path, ok := strings.CutPrefix(name, "ref."); ok {
		dot := strings.LastIndex(path, ".")
		return o.ofTarget(path[:dot], path[dot+1:])
	}
	return o.property(name)
}

// property is a property's text: an input, or else computed, or else filled in.
func (o *Op) property(path string) string {
	if value := text(o.Inputs, path); value != "" {
		return value
	}
	root, _, _ := strings.Cut(path, ".")
	if template, ok := o.Kind.Compute[root].(string); ok && !o.computing[root] {
		o.computing[root] = true
		defer delete(o.computing, root)
		return o.fill(template, root)
	}
	return text(o.Kind.Default, path)
}

// ofTarget is a property of the resource that a property names.
func (o *Op) ofTarget(path, property string) string {
	value := text(o.Inputs, path)
	r, _ := o.resolve(o.Kind.Refs[path], value)
	switch {
	case r == nil:
		return ""
	case property == "id":
		return r.ID
	case property == "name":
		return r.Name
	case property == "region":
		return r.Region
	case property == "account":
		return r.Account
	}
	return text(plainMap(r.Outputs), property)
}

// invent makes 64 hexadecimal digits out of what the resource is and how often
// it was made before: a re-created key has another id, but the same one on
// every run, however many stacks run at once.
func (o *Op) invent(salt string) string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s#%d %s", o.URN, o.Generation, salt)))
	return hex.EncodeToString(sum[:])
}

// partition is the first part of an arn, which differs for the sovereign cloud.
func partition(region string) string {
	if strings.HasPrefix(region, "eusc-") {
		return "aws-eusc"
	}
	return "aws"
}

// computed fills in a Compute or Default value, whose texts are templates, and
// gives texts the type that the schema wants.
func (o *Op) computed(v any, want schema.Type, salt string) any {
	switch v := v.(type) {
	case string:
		return typed(o.fill(v, salt), want)
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = o.computed(e, elem(want), fmt.Sprintf("%s[%d]", salt, i))
		}
		return list
	case map[string]any:
		m := Props{}
		for k, e := range v {
			m[k] = o.computed(e, o.field(want, k), salt+"."+k)
		}
		return m
	case int:
		return float64(v)
	}
	return v
}

func typed(s string, want schema.Type) any {
	switch want {
	case "int", "number":
		if n, err := strconv.ParseFloat(s, 64); err == nil {
			return n
		}
	case "bool":
		return s == "true"
	}
	return s
}

func elem(t schema.Type) schema.Type {
	if t != "" && (t[0] == '[' || t[0] == '{') {
		return t.Elem()
	}
	return "any"
}

func (o *Op) field(t schema.Type, name string) schema.Type {
	if t != "" && t[0] == '#' {
		return o.Table.Schema.Types[string(t[1:])][name].Type
	}
	return elem(t)
}
