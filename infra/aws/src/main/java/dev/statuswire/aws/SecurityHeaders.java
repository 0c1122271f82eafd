package dev.statuswire.aws;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudfront.HeadersFrameOption;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersFrameOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.constructs.Construct;

/**
 * What browsers are told to refuse. The page has no script and no style in its markup, and talks to
 * its own origin (sockets included, by CSP level 3) and to whoever logs its people in.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
final class SecurityHeaders {

    private static final Duration SECURE_FOR = Duration.days(365);

    private final ResponseHeadersPolicy policy;

    SecurityHeaders(Construct scope, List<String> loginOrigins) {
        policy =
                ResponseHeadersPolicy.Builder.create(scope, "SecurityHeaders")
                        .comment("Statuswire: what browsers are to refuse")
                        .securityHeadersBehavior(
                                ResponseSecurityHeadersBehavior.builder()
                                        .contentSecurityPolicy(content(loginOrigins))
                                        .contentTypeOptions(
                                                ResponseHeadersContentTypeOptions.builder()
                                                        .override(true)
                                                        .build())
                                        .frameOptions(
                                                ResponseHeadersFrameOptions.builder()
                                                        .frameOption(HeadersFrameOption.DENY)
                                                        .override(true)
                                                        .build())
                                        .referrerPolicy(
                                                ResponseHeadersReferrerPolicy.builder()
                                                        .referrerPolicy(
                                                                HeadersReferrerPolicy.NO_REFERRER)
                                                        .override(true)
                                                        .build())
                                        .strictTransportSecurity(
                                                ResponseHeadersStrictTransportSecurity.builder()
                                                        .accessControlMaxAge(SECURE_FOR)
                                                        .override(true)
                                                        .build())
                                        .build())
                        .build();
    }

    private static ResponseHeadersContentSecurityPolicy content(List<String> loginOrigins) {
        String policy =
                String.join(
                        "; ",
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "img-src 'self' data:",
                        "connect-src 'self' " + String.join(" ", loginOrigins),
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'");
        return ResponseHeadersContentSecurityPolicy.builder()
                .contentSecurityPolicy(policy)
                .override(true)
                .build();
    }

    ResponseHeadersPolicy policy() {
        return policy;
    }
}
