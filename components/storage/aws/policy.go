package aws

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"tenant-runtime/components/identity"
	"tenant-runtime/components/scope"
	"tenant-runtime/components/storage"
	"tenant-runtime/components/value"
)

// delivery is a service that writes to a store on its own account. It may do so
// for our resources only, not for another customer's (the confused deputy).
type delivery struct {
	service string
	path    string   // the objects it may write
	look    []string // what it asks of the bucket before it writes
	account bool     // it says for which account it acts
	source  string   // for which resource it acts; empty where it does not say
}

// deliveries by purpose. Load balancers say neither: their documented protection
// is the account in the path (ELB user guide, read November 2026). AWS Config
// refuses buckets with a lock, so it delivers to Logs (CloudFormation reference
// of AWS::Config::DeliveryChannel, read November 2026).
var deliveries = map[storage.Purpose][]delivery{
	storage.Logs: {
		{service: "config.amazonaws.com", path: "config/AWSLogs/{account}/Config/*", look: []string{"s3:GetBucketAcl", "s3:ListBucket"}, account: true},
		{service: "logdelivery.elasticloadbalancing.amazonaws.com", path: "alb/AWSLogs/{account}/*"},
		{service: "logging.s3.amazonaws.com", path: "s3/*", account: true, source: "arn:aws:s3:::*"}, // stores of tenants in other stacks of the account too
	},
	storage.Archive: {
		{service: "cloudtrail.amazonaws.com", path: "AWSLogs/{account}/*", look: []string{"s3:GetBucketAcl"}, source: "arn:aws:cloudtrail:{region}:{account}:trail/*"},
	},
}

// bucketPolicy closes a bucket in its own words, whatever IAM allows.
func bucketPolicy(p storage.Plan, arn pulumi.StringOutput) identity.Document {
	doc := overTLS(arn)
	doc = append(doc, encrypted(p, arn)...)
	doc = append(doc, apart(p, arn)...)
	for i, d := range deliveries[p.Purpose] {
		doc = append(doc, d.statements(i+1, p.Scope, arn)...)
	}
	return doc
}

func overTLS(arn pulumi.StringOutput) identity.Document {
	return identity.Document{
		identity.Deny("DenyPlainHTTP", all(arn), identity.WithoutTLS(), "s3:*"),
		identity.Deny("DenyOldTLS", all(arn), identity.Condition{"NumericLessThan": {"s3:TlsVersion": identity.Strings("1.2")}}, "s3:*"),
	}
}

// encrypted refuses uploads that name another encryption than the bucket's; those
// that name none get the bucket's. Keys sent along with an object (SSE-C) would
// make it unreadable for its owner, which is how buckets are held to ransom.
// Services choose for themselves: CloudTrail may write its digests with Amazon's key.
func encrypted(p storage.Plan, arn pulumi.StringOutput) identity.Document {
	const algorithm, key = "s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"
	given := func(header string) map[string]pulumi.StringArrayInput {
		return map[string]pulumi.StringArrayInput{header: identity.Strings("false")}
	}
	doc := identity.Document{
		identity.Deny("DenyCustomerKeys", objects(arn), identity.Condition{"Null": given("s3:x-amz-server-side-encryption-customer-algorithm")}, "s3:PutObject"),
	}
	if p.Purpose == storage.Logs {
		return doc
	}
	byCaller := map[string]pulumi.StringArrayInput{"aws:PrincipalIsAWSService": identity.Strings("false")}
	return append(doc,
		identity.Deny("DenyOtherAlgorithms", objects(arn), identity.Condition{
			"Bool": byCaller, "Null": given(algorithm), "StringNotEquals": {algorithm: identity.Strings("aws:kms")},
		}, "s3:PutObject"),
		identity.Deny("DenyOtherKeys", objects(arn), identity.Condition{
			"Bool": byCaller, "Null": given(key), "StringNotEquals": {key: pulumi.StringArray{p.Key.ID}},
		}, "s3:PutObject"),
	)
}

// apart keeps callers that are tagged with a tenant to what is theirs (TEN-04). In
// a shared store that is their own folder, and only through their access point.
func apart(p storage.Plan, arn pulumi.StringOutput) identity.Document {
	switch {
	case p.Scope.Tenant != value.Shared:
		return identity.Document{identity.Deny("DenyOtherTenants", all(arn), identity.OfAnotherTenant(p.Scope.Tenant), "s3:*")}
	case !p.Pooled:
		return identity.Document{identity.Deny("DenyTenants", all(arn), identity.OfAnotherTenant(), "s3:*")}
	}
	own := storage.Folder("${aws:PrincipalTag/tenant}")
	foreign := identity.Deny("DenyOtherFolders", nil, identity.OfAnotherTenant(), "s3:*")
	foreign.Except = pulumi.StringArray{arn, pulumi.Sprintf("%s/%s", arn, own)}
	listing := identity.OfAnotherTenant()
	listing["StringNotLike"] = map[string]pulumi.StringArrayInput{"s3:prefix": identity.Strings(own)}
	direct := identity.OfAnotherTenant()
	direct["StringNotEquals"]["s3:DataAccessPointAccount"] = identity.Strings(p.Scope.Account)
	return identity.Document{
		foreign,
		identity.Deny("DenyOtherListings", pulumi.StringArray{arn}, listing, "s3:ListBucket*"),
		identity.Deny("DenyDirectAccess", all(arn), direct, "s3:*"),
	}
}

func (d delivery) statements(n int, s scope.Scope, arn pulumi.StringOutput) identity.Document {
	ours := strings.NewReplacer("{account}", string(s.Account), "{region}", string(s.Place.Region.ID))
	condition := identity.Condition{}
	if d.account {
		condition = identity.OnBehalfOf(s.Account)
	}
	if d.source != "" {
		condition["ArnLike"] = map[string]pulumi.StringArrayInput{"aws:SourceArn": identity.Strings(ours.Replace(d.source))}
	}
	service := identity.Principal{Services: []string{d.service}}
	doc := identity.Document{{
		Sid: fmt.Sprintf("AllowDelivery%d", n), Principal: service, Actions: []string{"s3:PutObject"},
		Resources: pulumi.StringArray{pulumi.Sprintf("%s/%s", arn, ours.Replace(d.path))}, Condition: condition,
	}}
	if len(d.look) > 0 {
		doc = append(doc, identity.Statement{
			Sid: fmt.Sprintf("AllowLook%d", n), Principal: service, Actions: d.look,
			Resources: pulumi.StringArray{arn}, Condition: condition,
		})
	}
	return doc
}

func objects(arn pulumi.StringOutput) pulumi.StringArray {
	return pulumi.StringArray{pulumi.Sprintf("%s/*", arn)}
}

func all(arn pulumi.StringOutput) pulumi.StringArray {
	return append(pulumi.StringArray{arn}, objects(arn)...)
}
