package sim

import (
	"maps"
	"regexp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"tenant-runtime/regions"
)

var tagProperties = []string{"tags", "tagsAll", "labels", "userLabels", "effectiveLabels", "pulumiLabels"}

type tagRule struct {
	property   string
	most       int
	key, value *regexp.Regexp
}

// tagRules is what each cloud allows in tags. Azure forbids characters in names
// only; its limits of 512 and 256 are those of most resources.
var tagRules = regions.Each[tagRule]{
	AWS:   tagRule{"tags", 50, regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$`), regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$`)},
	GCP:   tagRule{"labels", 64, regexp.MustCompile(`^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$`), regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$`)},
	Azure: tagRule{"tags", 50, regexp.MustCompile(`^[^<>%&\\?/]{1,512}$`), regexp.MustCompile(`^.{0,256}$`)},
}

// reservedTag is refused by AWS for anybody but its own services.
var reservedTag = regexp.MustCompile(`(?i)^aws:`)

// tagsFit: tags and labels have the form and number that the cloud allows.
func tagsFit(o *Op) {
	rule := tagRules.Of(o.Table.Cloud)
	tags, ok := o.Inputs[rule.property].(map[string]any)
	if !ok {
		return
	}
	if n := len(o.allTags()); n > rule.most {
		o.Refuse(rule.property, "has %d entries; at most %d are allowed", n, rule.most)
	}
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		value, known := tags[k].(string)
		switch {
		case !rule.key.MatchString(k) || o.Table.Cloud == regions.AWS && reservedTag.MatchString(k):
			o.Refuse(rule.property, "%q is not a lawful key", k)
		case known && !rule.value.MatchString(value):
			o.Refuse(rule.property+"."+k, "%q is not a lawful value", value)
		}
	}
}

// allTags merges a resource's tags over its provider's defaults.
func (o *Op) allTags() Props {
	all := Props{}
	for _, from := range []any{first(o.Config.Props, "defaultTags.tags"), first(o.Config.Props, "defaultLabels"), o.Inputs[tagRules.Of(o.Table.Cloud).property]} {
		if tags, ok := from.(map[string]any); ok {
			maps.Copy(all, tags)
		}
	}
	return all
}

// mergedTags are the outputs in which the AWS and GCP providers return them.
func (o *Op) mergedTags() Props {
	merged := Props{}
	for _, name := range []string{"tagsAll", "pulumiLabels", "effectiveLabels"} {
		if _, has := o.Table.Schema.Kinds[o.Kind.Type].Out[name]; has {
			merged[name] = o.allTags()
		}
	}
	return merged
}

// secretly marks a property as the schema says.
func secretly(secret bool, v resource.PropertyValue) resource.PropertyValue {
	if secret && !v.IsSecret() {
		return resource.MakeSecret(v)
	}
	return v
}
