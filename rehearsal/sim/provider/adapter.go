package provider

import (
	"context"
	"fmt"
	"maps"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"tenant-runtime/rehearsal/sim"
	"tenant-runtime/rehearsal/sim/schema"
)

// adapter translates between the provider protocol and the world. What it does
// not implement, such as invokes, the engine is told is not implemented.
type adapter struct {
	pulumirpc.UnimplementedResourceProviderServer
	world *sim.World
	pkg   string
}

func (a *adapter) Handshake(context.Context, *pulumirpc.ProviderHandshakeRequest) (*pulumirpc.ProviderHandshakeResponse, error) {
	return &pulumirpc.ProviderHandshakeResponse{AcceptSecrets: true}, nil
}

func (a *adapter) Attach(context.Context, *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// GetPluginInfo claims a version that no SDK is ahead of: the engine warns about
// each provider that is older than the SDK, and the simulation follows the SDK.
func (a *adapter) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: "999.0.0-simulated"}, nil
}

func (a *adapter) GetSchema(context.Context, *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	return &pulumirpc.GetSchemaResponse{Schema: "{}"}, nil
}

func (a *adapter) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (a *adapter) CheckConfig(_ context.Context, r *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	news, err := unmarshal(r.GetNews())
	if err != nil {
		return nil, err
	}
	return &pulumirpc.CheckResponse{Inputs: r.GetNews(), Failures: failures(a.world.CheckConfig(a.pkg, news))}, nil
}

// DiffConfig replaces everything when a provider turns to another account or
// region: the resources it has are not there.
func (a *adapter) DiffConfig(_ context.Context, r *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	olds, err := unmarshal(r.GetOldInputs())
	if err != nil {
		return nil, err
	}
	news, err := unmarshal(r.GetNews())
	if err != nil {
		return nil, err
	}
	was, _ := a.world.Configure(a.pkg, olds) // checked when it was new
	is, _ := a.world.Configure(a.pkg, news)
	response := &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}
	for _, key := range olds.Diff(news).ChangedKeys() {
		response.Changes = pulumirpc.DiffResponse_DIFF_SOME
		response.Diffs = append(response.Diffs, string(key))
	}
	if was.Account != is.Account || was.Region != is.Region {
		response.Replaces = response.Diffs
	}
	return response, nil
}

func (a *adapter) Configure(ctx context.Context, r *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	props, err := unmarshal(r.GetArgs())
	if err != nil {
		return nil, err
	}
	config, err := a.world.Configure(a.pkg, props)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	ctx.Value(instanceKey{}).(*instance).configure(config)
	return &pulumirpc.ConfigureResponse{AcceptSecrets: true, SupportsPreview: true}, nil
}

func (a *adapter) Check(ctx context.Context, r *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	c, olds, err := a.begin(ctx, r.GetOlds())
	if err != nil {
		return nil, err
	}
	news, err := unmarshal(r.GetNews())
	if err != nil {
		return nil, err
	}
	inputs, problems := a.world.Check(c, resource.URN(r.GetUrn()), olds, news)
	checked, err := marshal(inputs)
	return &pulumirpc.CheckResponse{Inputs: checked, Failures: failures(problems)}, err
}

func (a *adapter) Diff(ctx context.Context, r *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	c, olds, err := a.begin(ctx, r.GetOldInputs())
	if err != nil {
		return nil, err
	}
	outputs, err := unmarshal(r.GetOlds())
	if err != nil {
		return nil, err
	}
	news, err := unmarshal(r.GetNews())
	if err != nil {
		return nil, err
	}
	d, err := a.world.Diff(c, resource.URN(r.GetUrn()), r.GetId(), olds, outputs, news)
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.DiffResponse{
		Changes: pulumirpc.DiffResponse_DIFF_NONE, Diffs: d.Changed, Replaces: d.Replace, DeleteBeforeReplace: d.DeleteFirst,
		HasDetailedDiff: true, DetailedDiff: map[string]*pulumirpc.PropertyDiff{},
	}
	if len(d.Changed) > 0 {
		response.Changes = pulumirpc.DiffResponse_DIFF_SOME
	}
	for path, detail := range d.Detailed {
		response.DetailedDiff[path] = &pulumirpc.PropertyDiff{Kind: pulumirpc.PropertyDiff_Kind(detail.Kind), InputDiff: detail.InputDiff}
	}
	return response, nil
}

func (a *adapter) Create(ctx context.Context, r *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	c, inputs, err := a.begin(ctx, r.GetProperties())
	if err != nil {
		return nil, err
	}
	if r.GetPreview() {
		planned, err := a.world.Plan(c, resource.URN(r.GetUrn()), inputs)
		if err != nil {
			return nil, err
		}
		properties, err := marshal(planned)
		return &pulumirpc.CreateResponse{Properties: properties}, err
	}
	id, outputs, err := a.world.Create(c, resource.URN(r.GetUrn()), inputs)
	if err != nil {
		return nil, err
	}
	properties, err := marshal(outputs)
	return &pulumirpc.CreateResponse{Id: id, Properties: properties}, err
}

func (a *adapter) Read(ctx context.Context, r *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	c, err := configured(ctx)
	if err != nil {
		return nil, err
	}
	inputs, outputs, ok, err := a.world.Read(c, resource.URN(r.GetUrn()), r.GetId())
	if err != nil || !ok {
		return &pulumirpc.ReadResponse{}, err
	}
	in, err := marshal(inputs)
	if err != nil {
		return nil, err
	}
	out, err := marshal(outputs)
	return &pulumirpc.ReadResponse{Id: r.GetId(), Inputs: in, Properties: out}, err
}

func (a *adapter) Update(ctx context.Context, r *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	c, news, err := a.begin(ctx, r.GetNews())
	if err != nil {
		return nil, err
	}
	var outputs resource.PropertyMap
	if r.GetPreview() {
		olds, err := unmarshal(r.GetOlds())
		if err != nil {
			return nil, err
		}
		outputs = olds.Copy()
		maps.Copy(outputs, news)
	} else if outputs, err = a.world.Update(c, resource.URN(r.GetUrn()), r.GetId(), news); err != nil {
		return nil, err
	}
	properties, err := marshal(outputs)
	return &pulumirpc.UpdateResponse{Properties: properties}, err
}

func (a *adapter) Delete(ctx context.Context, r *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	c, err := configured(ctx)
	if err != nil {
		return nil, err
	}
	return &emptypb.Empty{}, a.world.Delete(c, resource.URN(r.GetUrn()), r.GetId())
}

func (a *adapter) Invoke(_ context.Context, r *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	return nil, status.Error(codes.Unimplemented, fmt.Sprintf("%s is not simulated: components take regions and accounts from their scope, not from data sources", r.GetTok()))
}

// begin finds the configuration of a call and reads its properties.
func (a *adapter) begin(ctx context.Context, s *structpb.Struct) (sim.Config, resource.PropertyMap, error) {
	c, err := configured(ctx)
	if err != nil {
		return c, nil, err
	}
	props, err := unmarshal(s)
	return c, props, err
}

var wire = plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true}

func marshal(m resource.PropertyMap) (*structpb.Struct, error) {
	return plugin.MarshalProperties(m, wire)
}

func unmarshal(s *structpb.Struct) (resource.PropertyMap, error) {
	return plugin.UnmarshalProperties(s, wire)
}

func failures(problems []schema.Problem) []*pulumirpc.CheckFailure {
	var all []*pulumirpc.CheckFailure
	for _, p := range problems {
		all = append(all, &pulumirpc.CheckFailure{Property: p.Path, Reason: p.Reason})
	}
	return all
}
