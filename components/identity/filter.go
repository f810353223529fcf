package identity

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// Filter renders the document as the policy of a VPC endpoint. That policy grants
// nothing: it narrows what callers may do through the endpoint, and it must name
// everyone, because there an account's ARN means its root user alone (AWS
// PrivateLink guide, "Control access using endpoint policies", read November
// 2026). Conditions say whose callers and whose resources.
func (d Document) Filter() pulumi.StringOutput {
	statements := pulumi.Array{}
	for _, s := range d {
		s.Principal = Principal{}
		v := s.value()
		v["Principal"] = pulumi.String("*")
		statements = append(statements, v)
	}
	return pulumi.JSONMarshal(pulumi.Map{
		"Version":   pulumi.String("2012-10-17"),
		"Statement": statements,
	})
}
