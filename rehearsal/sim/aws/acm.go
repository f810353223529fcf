package aws

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"tenant-runtime/rehearsal/sim"
)

const acmSource = "ACM User Guide and API model 2026-08, terraform-provider-aws 2026-06 (replacements), published run logs (validation); other durations estimated"

const (
	certificate = "aws:acm/certificate:Certificate"
	issued      = "aws:acm/certificateValidation:CertificateValidation"
)

var acmKinds = []sim.Kind{
	{
		Type: certificate, ID: "{arn}",
		Compute: sim.Props{"arn": "arn:{partition}:acm:{region}:{account}:certificate/{uuid}", "type": "AMAZON_ISSUED", "status": "PENDING_VALIDATION"},
		Default: sim.Props{"keyAlgorithm": "RSA_2048"},
		Replace: []string{"certificateAuthorityArn", "domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod", "validationOptions"},
		Takes:   sim.Creates(0.1, 0.2, 1).Deletes(0.05, 0.1, 10),
		Source:  acmSource,
		// As many records as names, and for a name the same in every region of an account.
		Quirk: func(o *sim.Op) {
			var proofs []any
			for _, domain := range slices.Compact(append(o.Texts("domainName"), o.Texts("subjectAlternativeNames[*]")...)) {
				sum := sha256.Sum256([]byte(o.Account + domain))
				token := hex.EncodeToString(sum[:])
				proofs = append(proofs, sim.Props{"domainName": domain, "resourceRecordType": "CNAME",
					"resourceRecordName": "_" + token[:32] + "." + domain + ".", "resourceRecordValue": "_" + token[32:] + ".acm-validations.aws."})
			}
			o.Computed = sim.Props{"domainValidationOptions": proofs}
		},
	},
	{
		// Waits until the certificate is issued; others find it by the certificate's ARN.
		Type: issued, ID: "{uuid}",
		Handles: []string{"{certificateArn}"},
		Replace: []string{"certificateArn", "validationRecordFqdns"},
		Refs:    map[string]sim.Ref{"certificateArn": sim.To(certificate), "validationRecordFqdns[*]": sim.To(record).Weak()},
		Takes:   sim.Creates(0, 2.5, 8.9),
		Source:  acmSource,
	},
}
