package dev.statuswire.aws;

import dev.statuswire.core.settings.CorsPolicy;
import dev.statuswire.core.settings.PageSecurityPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudfront.HeadersFrameOption;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeader;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersCorsBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersFrameOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.constructs.Construct;

/**
 * Creates CloudFront's response headers policies: security headers, and which origins may read the
 * responses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html">Response
 *     headers policies</a>
 */
final class ResponseHeaders {

    private static final Duration SECURE_FOR = Duration.days(365);
    private static final String EVERY_HEADER = "*";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    private final Construct scope;
    private final List<String> loginOrigins;
    private final ResponseHeadersPolicy page;

    ResponseHeaders(Construct scope, List<String> loginOrigins) {
        this.scope = scope;
        this.loginOrigins = loginOrigins;
        this.page =
                policy("SecurityHeaders", "security headers", PageSecurityPolicy.ISOLATION).build();
    }

    /** Returns the policy for the files of the page. */
    ResponseHeadersPolicy ofPage() {
        return page;
    }

    /**
     * Returns the policy for responses of the API. CloudFront adds the CORS headers because API
     * Gateway generates some of the responses itself.
     *
     * @param origins the allowed origins in addition to the page's own
     */
    ResponseHeadersPolicy ofCalls(List<String> origins) {
        return origins.isEmpty()
                ? page
                : policy(
                                "CallHeaders",
                                "CORS for the allowed origins",
                                PageSecurityPolicy.ISOLATION)
                        .corsBehavior(
                                allowing(origins)
                                        .accessControlAllowMethods(CorsPolicy.METHODS)
                                        .accessControlAllowHeaders(CorsPolicy.HEADERS)
                                        .accessControlExposeHeaders(CorsPolicy.EXPOSED)
                                        .accessControlMaxAge(
                                                Duration.seconds(CorsPolicy.REMEMBERED.toSeconds()))
                                        .build())
                        .build();
    }

    /** Returns the policy for the client module, which every page may import. */
    ResponseHeadersPolicy ofClient() {
        var more = new HashMap<>(PageSecurityPolicy.ISOLATION);
        more.putAll(PageSecurityPolicy.ANY_ORIGIN);
        String everyOrigin = Objects.requireNonNull(more.remove(ALLOW_ORIGIN));
        return policy("ClientHeaders", "CORS for every origin", more)
                .corsBehavior(
                        allowing(List.of(everyOrigin))
                                .accessControlAllowMethods(List.of("GET", "HEAD"))
                                .accessControlAllowHeaders(List.of(EVERY_HEADER))
                                .build())
                .build();
    }

    private static ResponseHeadersCorsBehavior.Builder allowing(List<String> origins) {
        return ResponseHeadersCorsBehavior.builder()
                .accessControlAllowOrigins(origins)
                .accessControlAllowCredentials(false)
                .originOverride(true);
    }

    private ResponseHeadersPolicy.Builder policy(String id, String what, Map<String, String> more) {
        return ResponseHeadersPolicy.Builder.create(scope, id)
                .responseHeadersPolicyName(GlobalName.of(scope, id))
                .comment("Statuswire: " + what)
                .securityHeadersBehavior(security())
                .customHeadersBehavior(
                        ResponseCustomHeadersBehavior.builder()
                                .customHeaders(
                                        more.entrySet().stream()
                                                .sorted(Map.Entry.comparingByKey())
                                                .map(ResponseHeaders::custom)
                                                .toList())
                                .build());
    }

    private static ResponseCustomHeader custom(Map.Entry<String, String> header) {
        return ResponseCustomHeader.builder()
                .header(header.getKey())
                .value(header.getValue())
                .override(true)
                .build();
    }

    private ResponseSecurityHeadersBehavior security() {
        return ResponseSecurityHeadersBehavior.builder()
                .contentSecurityPolicy(content(loginOrigins))
                .contentTypeOptions(
                        ResponseHeadersContentTypeOptions.builder().override(true).build())
                .frameOptions(
                        ResponseHeadersFrameOptions.builder()
                                .frameOption(HeadersFrameOption.DENY)
                                .override(true)
                                .build())
                .referrerPolicy(
                        ResponseHeadersReferrerPolicy.builder()
                                .referrerPolicy(HeadersReferrerPolicy.NO_REFERRER)
                                .override(true)
                                .build())
                .strictTransportSecurity(
                        ResponseHeadersStrictTransportSecurity.builder()
                                .accessControlMaxAge(SECURE_FOR)
                                .override(true)
                                .build())
                .build();
    }

    private static ResponseHeadersContentSecurityPolicy content(List<String> loginOrigins) {
        return ResponseHeadersContentSecurityPolicy.builder()
                .contentSecurityPolicy(PageSecurityPolicy.contentSecurity(loginOrigins))
                .override(true)
                .build();
    }
}
