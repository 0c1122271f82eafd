package dev.statuswire.aws;

import dev.statuswire.core.settings.PagePolicy;
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

/** What browsers are told to refuse. */
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
        return ResponseHeadersContentSecurityPolicy.builder()
                .contentSecurityPolicy(PagePolicy.contentSecurity(loginOrigins))
                .override(true)
                .build();
    }

    ResponseHeadersPolicy policy() {
        return policy;
    }
}
