package rule

import (
	"bytes"
	"context"
	"testing"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"tenant-runtime/regions"
)

const (
	keyType, lockType = "aws:kms/key:Key", "aws:s3/lock:Lock"

	keyURN = "urn:pulumi:eu::tenant-runtime::aws:kms/key:Key::database"
)

// flagged is a rule with one check of each kind, and one that is broken.
func flagged() []Rule {
	base := Rule{ID: "ENC-01", Name: "flag", Title: "The flag is up", Severity: High, Level: Mandatory, Why: "because", Fix: "raise it"}
	base.Checks.AWS = By(
		On(func(v sample, r *Report) { Must(r, v.Flag, true, AbsentIsBad); AtLeast(r, v.Count, 1, AbsentIsGood) }, keyType),
		InStack(func(v named, s *Stack, r *Report) {
			if len(s.Referring(v.Resource, "key", lockType)) == 0 {
				r.Found(v.Resource, "no lock", "a lock")
			}
		}, keyType),
	)
	broken := Rule{ID: "ENC-02", Name: "broken", Title: "Nothing", Severity: Low, Level: Advisory, Why: "w", Fix: "f"}
	broken.Checks.AWS = By(On(func(v sample, r *Report) { panic("oh no") }, keyType))
	elsewhere := Rule{ID: "RES-01", Name: "region", Title: "t", Severity: Low, Level: Advisory, Why: "w", Fix: "f"}
	return []Rule{base, broken, elsewhere}
}

func served(t testing.TB, rules []Rule, exemptions string) (*Server, *bytes.Buffer) {
	list, err := ParseExemptions([]byte(exemptions))
	require.NoError(t, err)
	pack, err := NewPack(Hardening, rules, list, func() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) })
	require.NoError(t, err)
	pack.Version = "1.2.3"
	var log bytes.Buffer
	return NewServer(pack, func(string) {}, &log), &log
}

func configure(t testing.TB, s *Server) {
	_, err := s.ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{
		Stack: "eu", DryRun: true, Config: map[string]string{configKey: `{"jurisdiction":"EU","novel":1}`}})
	require.NoError(t, err)
}

func key(props Props) *pulumirpc.AnalyzeRequest {
	return &pulumirpc.AnalyzeRequest{Type: keyType, Name: "database", Urn: keyURN, Properties: wire(props).GetStructValue()}
}

func TestInfoNeedsNoStack(t *testing.T) {
	s, _ := served(t, flagged(), "[]")
	info, err := s.GetAnalyzerInfo(context.Background(), nil)
	require.NoError(t, err)
	require.Len(t, info.Policies, 2, "the rule of the other pack is not ours")
	p := info.Policies[0]
	assert.Equal(t, "ENC-01-flag", p.Name)
	assert.Equal(t, pulumirpc.EnforcementLevel_MANDATORY, p.EnforcementLevel)
	assert.Equal(t, pulumirpc.PolicySeverity_POLICY_SEVERITY_HIGH, p.Severity)
	assert.Equal(t, pulumirpc.PolicyType_POLICY_TYPE_UNKNOWN, p.PolicyType, "checks of both kinds")
	assert.Equal(t, pulumirpc.PolicyType_POLICY_TYPE_RESOURCE, info.Policies[1].PolicyType)
}

// `pulumi policy analyze` configures no stack.
func TestAStateSaysWhichRuntimeItIs(t *testing.T) {
	s, _ := served(t, flagged(), "[]")
	res, err := s.Analyze(context.Background(), key(Props{"flag": false, "inner": Props{"count": 9}}))
	require.NoError(t, err)
	assert.Empty(t, res.Diagnostics, "it waits for the stack")

	stack := func(outputs Props) *pulumirpc.AnalyzeStackRequest {
		return &pulumirpc.AnalyzeStackRequest{Resources: []*pulumirpc.AnalyzerResource{{
			Type: "pulumi:pulumi:Stack", Urn: "urn:pulumi:eu::tenant-runtime::pulumi:pulumi:Stack::tenant-runtime-eu", Properties: wire(outputs).GetStructValue(),
		}}}
	}
	res, err = s.AnalyzeStack(context.Background(), stack(Props{"runtime": Props{"jurisdiction": "EU"}}))
	require.NoError(t, err)
	require.NotEmpty(t, res.Diagnostics)
	assert.Equal(t, keyURN, res.Diagnostics[len(res.Diagnostics)-1].Urn)

	rt := stackOf(stack(Props{"runtime": Props{"jurisdiction": "EU", "tenants": []Props{{"name": "acme", "isolation": "silo"}}}})).runtime()
	assert.Equal(t, &Runtime{Stack: "eu", Jurisdiction: "EU", Tenants: []Tenant{{Name: "acme", Isolation: "silo"}}}, rt)
	assert.Contains(t, stackOf(stack(nil)).runtime().Problem, "update the stack first")
}

func TestFindingsAreWrittenForPeople(t *testing.T) {
	s, _ := served(t, flagged(), "[]")
	configure(t, s)
	res, err := s.Analyze(context.Background(), key(Props{"flag": false, "inner": Props{"count": 0}}))
	require.NoError(t, err)
	require.Len(t, res.Diagnostics, 2, "one per rule and resource")
	d := res.Diagnostics[0]
	assert.Equal(t, `ENC-01 The flag is up
  flag: found false, wanted true
  inner.count: found 0, wanted at least 1
why: because
fix: raise it
see: ISO/IEC 27001:2022 5.17, 8.24 | ISO/IEC 27017/27018 CLD.6.3.1; 27018:A.11.6 | SOC 2 C1.1, CC6.1, CC6.7 | GDPR 32(1)(a), 34(3)(a) | Swiss DSG 8; DSV 3 | CIS Benchmark AWS Storage, Logging; Azure Key Vault, Storage Accounts; GCP Identity and Access Management`, d.Message)
	assert.Equal(t, "ENC-01-flag", d.PolicyName)
	assert.Equal(t, "hardening", d.PolicyPackName)
	assert.Equal(t, "1.2.3", d.PolicyPackVersion)
	assert.Equal(t, keyURN, d.Urn)
	assert.Equal(t, pulumirpc.EnforcementLevel_MANDATORY, d.EnforcementLevel)
	assert.Equal(t, pulumirpc.PolicySeverity_POLICY_SEVERITY_HIGH, d.Severity)

	broken := res.Diagnostics[1]
	assert.Equal(t, "ENC-02-broken", broken.PolicyName)
	assert.Contains(t, broken.Message, "a defect of the rule: oh no")
}

func TestUnknownIsNeitherPassNorFailure(t *testing.T) {
	s, log := served(t, flagged()[:1], "[]")
	configure(t, s)
	res, err := s.Analyze(context.Background(), key(Props{"flag": Unknown}))
	require.NoError(t, err)
	assert.Empty(t, res.Diagnostics)
	require.Len(t, res.NotApplicable, 1)
	assert.Equal(t, "waits for flag, known only during the update", res.NotApplicable[0].Reason)

	_, err = s.AnalyzeStack(context.Background(), &pulumirpc.AnalyzeStackRequest{})
	require.NoError(t, err)
	assert.Equal(t, "hardening: 1 values are known only during the update and will be judged then\n", log.String())
}

func TestWhatDoesNotConcernAResourceIsSaid(t *testing.T) {
	s, _ := served(t, flagged(), "[]")
	configure(t, s)
	res, err := s.Analyze(context.Background(), &pulumirpc.AnalyzeRequest{Type: lockType})
	require.NoError(t, err)
	assert.Empty(t, res.Diagnostics)
	assert.Len(t, res.NotApplicable, 2)
}

func TestTheStackIsJudgedByItsLinks(t *testing.T) {
	s, _ := served(t, flagged()[:1], "[]")
	configure(t, s)
	e := Example{Given: []Given{{Type: keyType, Name: "open"}, {Type: keyType, Name: "locked"}, {Type: lockType, Name: "lock", Links: Links{"key": {"locked"}}}}}
	res, err := s.AnalyzeStack(context.Background(), e.StackRequest())
	require.NoError(t, err)
	require.Len(t, res.Diagnostics, 1)
	assert.Equal(t, e.urn(0), res.Diagnostics[0].Urn)
}

func TestAnExemptionIsPrintedAndStopsNothing(t *testing.T) {
	s, _ := served(t, flagged()[:1], "- {rule: ENC-01, stack: eu, resource: 'aws:kms/key:Key database', reason: r, owner: o, lastDay: '2026-12-31'}")
	configure(t, s)
	res, err := s.Analyze(context.Background(), key(Props{"flag": false}))
	require.NoError(t, err)
	assert.Equal(t, pulumirpc.EnforcementLevel_ADVISORY, res.Diagnostics[0].EnforcementLevel)
	assert.Contains(t, res.Diagnostics[0].Message, "exempted until 2026-12-31 by o because r")
}

// A value that nobody knows even after the update would be deferred for ever.
func TestWhatIsUnknownAfterAnUpdateIsFound(t *testing.T) {
	s, log := served(t, flagged()[:1], "[]")
	_, err := s.ConfigureStack(context.Background(), &pulumirpc.AnalyzerStackConfigureRequest{
		Stack: "eu", Config: map[string]string{configKey: `{"jurisdiction":"EU"}`}})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		after Props
		want  []string
	}{
		"never known":     {Props{"flag": Unknown}, []string{"flag: found a value that is unknown even after the update, wanted one that can be judged"}},
		"known and wrong": {Props{"flag": false}, []string{"flag: found false, wanted true"}},
		"known and right": {Props{"flag": true}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			before, err := s.Analyze(context.Background(), key(Props{"flag": Unknown}))
			require.NoError(t, err)
			require.Empty(t, before.Diagnostics)
			req := Example{Given: []Given{{Type: keyType, Name: "database", Props: c.after}, {Type: lockType, Name: "lock", Links: Links{"key": {"database"}}}}}.StackRequest()
			req.Resources[0].Urn = keyURN
			req.Resources[1].PropertyDependencies["key"].Urns[0] = keyURN
			after, err := s.AnalyzeStack(context.Background(), req)
			require.NoError(t, err)
			var found []string
			for _, d := range after.Diagnostics {
				for _, f := range reported(t, d) {
					found = append(found, f.String())
				}
			}
			assert.Equal(t, c.want, found)
		})
	}
	assert.Empty(t, log.String(), "nothing is left to be judged later")
}

func TestAPackThatCannotBeRightDoesNotStart(t *testing.T) {
	_, err := NewPack(Hardening, flagged(), []Exemption{{Rule: "ENC-77", Stack: "eu", Resource: "x"}}, time.Now)
	assert.ErrorContains(t, err, `there is no rule "ENC-77"`)
	_, err = NewPack("hardning", flagged(), nil, time.Now)
	assert.ErrorContains(t, err, "hardening")
}

func TestLevelsAreNotConfigured(t *testing.T) {
	s, _ := served(t, flagged(), "[]")
	_, err := s.Configure(context.Background(), &pulumirpc.ConfigureAnalyzerRequest{PolicyConfig: map[string]*pulumirpc.PolicyConfig{"ENC-01-flag": {}}})
	assert.ErrorContains(t, err, "exemptions.yaml")
	_, err = s.Configure(context.Background(), &pulumirpc.ConfigureAnalyzerRequest{})
	assert.NoError(t, err)
}

func TestTheRuntimeIsReadTolerantly(t *testing.T) {
	rt := runtimeOf("eu", map[string]string{configKey: `{"jurisdiction":"EU","environment":"drill","tenants":[{"name":"acme","isolation":"silo"}],"novel":true}`})
	assert.Equal(t, regions.EU, rt.Jurisdiction)
	assert.Empty(t, rt.Problem)
	assert.True(t, rt.Production())
	tenant, ok := rt.Tenant("acme")
	assert.True(t, ok)
	assert.Equal(t, "silo", tenant.Isolation)
	for name, config := range map[string]map[string]string{
		"missing": {}, "broken": {configKey: `{`}, "no jurisdiction": {configKey: `{}`}, "another": {configKey: `{"jurisdiction":"UK"}`},
	} {
		t.Run(name, func(t *testing.T) {
			rt := runtimeOf("eu", config)
			assert.NotEmpty(t, rt.Problem)
			assert.Empty(t, rt.Jurisdiction)
		})
	}
}
