package rule

import (
	"regexp"
	"strings"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"

	"tenant-runtime/regions"
)

// Resource is a resource as the engine sends it. What it holds is read through
// views and only when a check asks.
type Resource struct {
	urn, typ, name string
	props          *structpb.Struct
	options        *pulumirpc.AnalyzerResourceOptions
	provider       *pulumirpc.AnalyzerProviderResource
	state          *pulumirpc.AnalyzerResource // nil outside a Stack

	asked func(urn, path string) // hears which properties checks ask for; nil outside of tests

	mu       sync.Mutex
	policies map[string]parsed // documents by property path
}

// Type is the type token; Azure's API version and AWS's older spellings are
// taken out, so that a rule names every type once.
func (res *Resource) Type() string { return res.typ }

// Name is the logical name.
func (res *Resource) Name() string { return res.name }

// URN is the engine's name for the resource; that of no resource is empty.
func (res *Resource) URN() string {
	if res == nil {
		return ""
	}
	return res.urn
}

// Cloud is the resource's cloud; a component has none.
func (res *Resource) Cloud() (regions.Cloud, bool) { return CloudOf(res.typ) }

// Protected reports whether the protect option is set.
func (res *Resource) Protected() bool { return res.options.GetProtect() }

// At returns any property by its path, for a finding about one that no view has.
func (res *Resource) At(path string) Value[any] {
	n := res.root()
	for _, name := range strings.Split(path, ".") {
		n = n.field(name)
	}
	var v Value[any]
	v.set(n)
	return v
}

func (res *Resource) place() node { return node{res: res, state: Known} }

func (res *Resource) root() node {
	return node{res: res, state: Known, val: structpb.NewStructValue(res.props)}
}

// View reads a resource through a view.
func View[V any](res *Resource) V {
	var v V
	fill(&v, res.root())
	return v
}

// Provider reads the settings of a resource's provider through a view.
func Provider[V any](res *Resource) V {
	var v V
	fill(&v, node{res: res, path: "provider", state: Known, val: structpb.NewStructValue(res.provider.GetProperties())})
	return v
}

// CloudOf tells the cloud of a type token or of a pattern such as "aws:*"; a
// provider belongs to its cloud.
func CloudOf(token string) (regions.Cloud, bool) {
	pkg, _, _ := strings.Cut(strings.TrimPrefix(token, "pulumi:providers:"), ":")
	switch pkg {
	case "aws":
		return regions.AWS, true
	case "gcp":
		return regions.GCP, true
	case "azure-native":
		return regions.Azure, true
	}
	return "", false
}

var (
	apiVersion = regexp.MustCompile(`^(azure-native:[^:/]+)/v[0-9a-z]+:`)
	spellings  = strings.NewReplacer("aws:alb/", "aws:lb/", "aws:applicationloadbalancing/", "aws:lb/", "aws:elasticloadbalancingv2/", "aws:lb/")
)

func normalise(token string) string {
	if strings.HasPrefix(token, "azure-native:") {
		return apiVersion.ReplaceAllString(token, "$1:")
	}
	return spellings.Replace(token)
}

func resourceOf(req *pulumirpc.AnalyzeRequest) *Resource {
	return &Resource{
		urn: req.GetUrn(), typ: normalise(req.GetType()), name: req.GetName(),
		props: req.GetProperties(), options: req.GetOptions(), provider: req.GetProvider(),
	}
}
