package dev.statuswire.aws.preflight;

import java.util.List;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.ResourceNotFoundException;

/**
 * Checks that CloudFront will accept the certificate for the domain.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html">
 *     Requirements for using SSL/TLS certificates with CloudFront</a>
 */
record CertificateCheck(PreflightClients services, SynthesizedStack.Certificate certificate)
        implements PreflightCheck {

    @Override
    public String subject() {
        return "the certificate " + certificate.arn();
    }

    @Override
    public List<PreflightFinding> run() {
        try {
            CertificateDetail detail =
                    services.acm()
                            .describeCertificate(it -> it.certificateArn(certificate.arn()))
                            .certificate();
            if (detail.status() != CertificateStatus.ISSUED) {
                return List.of(PreflightFinding.stop(notIssued(detail)));
            }
            return certificate.domains().stream()
                    .filter(
                            domain ->
                                    detail.subjectAlternativeNames().stream()
                                            .noneMatch(name -> covers(name, domain)))
                    .map(domain -> PreflightFinding.stop(notFor(domain, detail)))
                    .toList();
        } catch (ResourceNotFoundException none) {
            return List.of(
                    PreflightFinding.stop(
                            subject()
                                    + " does not exist; pass the ARN of a certificate in us-east-1"
                                    + " of this account as --certificate"));
        }
    }

    private String notIssued(CertificateDetail detail) {
        String status = detail.statusAsString();
        if (detail.status() != CertificateStatus.PENDING_VALIDATION) {
            return ("%s is %s; request a new one in us-east-1 and pass its ARN as"
                            + " --certificate")
                    .formatted(subject(), status);
        }
        return "%s is not issued yet (%s); create the DNS records that aws acm describe-certificate"
                        .formatted(subject(), status)
                + " --region us-east-1 --certificate-arn %s shows, and wait until it is ISSUED"
                        .formatted(certificate.arn());
    }

    private String notFor(String domain, CertificateDetail detail) {
        return "%s is for %s, not for %s; request one in us-east-1 that covers --domain"
                .formatted(subject(), String.join(", ", detail.subjectAlternativeNames()), domain);
    }

    /** Returns whether a certificate's name covers the domain. A wildcard matches one label. */
    static boolean covers(String name, String domain) {
        String labelReplaced = "*" + domain.substring(Math.max(domain.indexOf('.'), 0));
        return name.equalsIgnoreCase(domain) || name.equalsIgnoreCase(labelReplaced);
    }
}
