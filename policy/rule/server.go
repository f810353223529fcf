package rule

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Server speaks the engine's analyzer protocol for one pack. The protocol is
// served directly because the SDK's policyx (v3.276.0, November 2026) reads every
// resource once per policy, sends no severity and no not-applicable results, and
// panics when asked for its policies before a stack is configured.
type Server struct {
	pulumirpc.UnimplementedAnalyzerServer
	pack  *Pack
	watch func(engine string)
	log   io.Writer

	mu      sync.Mutex
	runtime *Runtime
	preview bool
	late    []Deferral  // what single resources could not be judged for
	waiting []*Resource // those that came without a stack being configured
}

// NewServer makes a server: watch is told the engine's address and ends the
// process when the engine is gone, log is shown by the engine.
func NewServer(pack *Pack, watch func(engine string), log io.Writer) *Server {
	return &Server{pack: pack, watch: watch, log: log}
}

// Handshake learns the engine's address.
func (s *Server) Handshake(_ context.Context, req *pulumirpc.AnalyzerHandshakeRequest) (*pulumirpc.AnalyzerHandshakeResponse, error) {
	s.watch(req.GetEngineAddress())
	return &pulumirpc.AnalyzerHandshakeResponse{}, nil
}

// GetPluginInfo tells the pack's version.
func (s *Server) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: s.pack.Version}, nil
}

// GetAnalyzerInfo lists the policies; it does not depend on a stack.
func (s *Server) GetAnalyzerInfo(context.Context, *emptypb.Empty) (*pulumirpc.AnalyzerInfo, error) {
	info := &pulumirpc.AnalyzerInfo{Name: s.pack.Name, Version: s.pack.Version, Description: s.pack.Description}
	for _, r := range s.pack.rules {
		info.Policies = append(info.Policies, &pulumirpc.PolicyInfo{
			Name: r.Policy(), DisplayName: r.ID + " " + r.Title, Description: r.Title, Message: r.Why, RemediationSteps: r.Fix,
			EnforcementLevel: levels[r.Level], Severity: severities[r.Severity], PolicyType: r.policyType(), Tags: r.References(),
			Framework: &pulumirpc.PolicyComplianceFramework{Name: "ISO/IEC 27001", Version: "2022", Reference: frameworks[r.Area()][ISO27001]},
		})
	}
	return info, nil
}

// policyType is what the engine's summary counts the rule under; a rule with
// checks of both kinds is counted under both.
func (r Rule) policyType() pulumirpc.PolicyType {
	one, stack := false, false
	for _, c := range r.checks() {
		one, stack = one || c.one != nil, stack || c.one == nil
	}
	switch {
	case one && !stack:
		return pulumirpc.PolicyType_POLICY_TYPE_RESOURCE
	case stack && !one:
		return pulumirpc.PolicyType_POLICY_TYPE_STACK
	}
	return pulumirpc.PolicyType_POLICY_TYPE_UNKNOWN
}

// Configure refuses every wish: a rule's level is part of the rule, and what must
// be excused is excused in exemptions.yaml, where it is reviewed and ends.
func (s *Server) Configure(_ context.Context, req *pulumirpc.ConfigureAnalyzerRequest) (*emptypb.Empty, error) {
	if wishes := sortedKeys(req.GetPolicyConfig()); len(wishes) > 0 {
		return nil, status.Errorf(codes.InvalidArgument, "pack %s takes no configuration (%s): add an entry to policy/exemptions.yaml instead", s.pack.Name, strings.Join(wishes, ", "))
	}
	return &emptypb.Empty{}, nil
}

// ConfigureStack learns which runtime is checked.
func (s *Server) ConfigureStack(_ context.Context, req *pulumirpc.AnalyzerStackConfigureRequest) (*pulumirpc.AnalyzerStackConfigureResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runtime, s.preview, s.late = runtimeOf(req.GetStack(), req.GetConfig()), req.GetDryRun(), nil
	return &pulumirpc.AnalyzerStackConfigureResponse{}, nil
}

// Analyze judges one resource before it is created or changed. `pulumi policy
// analyze` looks at a state without configuring the stack (v3.276.0): then the
// resource waits for AnalyzeStack, where the state says which runtime it is.
func (s *Server) Analyze(_ context.Context, req *pulumirpc.AnalyzeRequest) (*pulumirpc.AnalyzeResponse, error) {
	res := resourceOf(req)
	s.mu.Lock()
	rt := s.runtime
	if rt == nil {
		s.waiting = append(s.waiting, res)
	}
	s.mu.Unlock()
	if rt == nil {
		return &pulumirpc.AnalyzeResponse{}, nil
	}
	out := s.pack.exempted(s.pack.one(res, rt), rt)
	s.mu.Lock()
	s.late = append(s.late, out.Deferrals...)
	s.mu.Unlock()
	response := s.response(out)
	response.NotApplicable = append(response.NotApplicable, s.pack.about(res.typ).silent...)
	return response, nil
}

// AnalyzeStack judges how the resources hang together.
func (s *Server) AnalyzeStack(_ context.Context, req *pulumirpc.AnalyzeStackRequest) (*pulumirpc.AnalyzeResponse, error) {
	stack := stackOf(req)
	s.mu.Lock()
	rt, waiting, late, preview := s.runtime, s.waiting, s.late, s.preview
	s.waiting, s.late = nil, nil
	s.mu.Unlock()
	if rt == nil {
		rt = stack.runtime()
	}
	out := s.pack.many(stack, rt)
	for _, res := range waiting {
		out.Add(s.pack.one(res, rt))
	}
	out.Findings = append(out.Findings, s.pack.stale(stack, rt.Stack)...)
	switch late = append(late, out.Deferrals...); {
	case !preview:
		out.Deferrals = nil
		out.Add(s.pack.settle(late, stack, rt))
	case len(late) > 0:
		fmt.Fprintf(s.log, "%s: %d values are known only during the update and will be judged then\n", s.pack.Name, len(late))
	}
	return s.response(s.pack.exempted(out, rt)), nil
}

// response writes findings and deferrals in the engine's words. A rule that waits
// for a value is not applicable yet: leaving it out would count it as passed.
func (s *Server) response(out Outcome) *pulumirpc.AnalyzeResponse {
	response := &pulumirpc.AnalyzeResponse{}
	for _, group := range bySubject(out.Findings) {
		f := group[0]
		response.Diagnostics = append(response.Diagnostics, &pulumirpc.AnalyzeDiagnostic{
			PolicyName: f.Policy(), PolicyPackName: f.Pack, PolicyPackVersion: s.pack.Version, Description: f.Title,
			Message: Message(group), EnforcementLevel: levels[f.Level], Severity: severities[f.Severity], Urn: f.URN,
		})
	}
	for _, d := range out.Deferrals {
		response.NotApplicable = append(response.NotApplicable, &pulumirpc.PolicyNotApplicable{PolicyName: d.rule.Policy(), Reason: "waits for " + d.property + ", known only during the update"})
	}
	return response
}

// Remediate changes nothing: the program is to be fixed, not its plan.
func (s *Server) Remediate(context.Context, *pulumirpc.AnalyzeRequest) (*pulumirpc.RemediateResponse, error) {
	return &pulumirpc.RemediateResponse{}, nil
}

// Cancel has nothing to stop: every call returns at once.
func (s *Server) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}
