package dev.statuswire.aws.door;

import static dev.statuswire.aws.door.GatewayProblem.FORBIDDEN;
import static dev.statuswire.aws.door.GatewayProblem.INTERNAL;
import static dev.statuswire.aws.door.GatewayProblem.INVALID_INPUT;
import static dev.statuswire.aws.door.GatewayProblem.MALFORMED_REQUEST;
import static dev.statuswire.aws.door.GatewayProblem.NO_RESOURCE;
import static dev.statuswire.aws.door.GatewayProblem.TOO_LARGE;
import static dev.statuswire.aws.door.GatewayProblem.TOO_MANY_CALLS;
import static dev.statuswire.aws.door.GatewayProblem.UNAUTHENTICATED;
import static dev.statuswire.aws.door.GatewayProblem.UNAVAILABLE;
import static dev.statuswire.aws.door.GatewayProblem.UNSUPPORTED_MEDIA_TYPE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Maps each response that API Gateway generates itself to a problem, for every path of the API. */
final class GatewayResponses {

    private static final String REALM = "Bearer realm=\"statuswire\"";

    private static final String FILTERED = "WAF_FILTERED";

    /**
     * How long AWS WAF usually takes to detect that a rate is lower, in seconds.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-caveats.html">Rate-based
     *     rule caveats</a>
     */
    private static final String WHEN_FILTERED = "30";

    private static final List<GatewayResponse> MOST =
            List.of(
                    of("ACCESS_DENIED", FORBIDDEN),
                    of("API_CONFIGURATION_ERROR", INTERNAL),
                    of("AUTHORIZER_CONFIGURATION_ERROR", INTERNAL),
                    of("AUTHORIZER_FAILURE", UNAVAILABLE),
                    of("BAD_REQUEST_BODY", INVALID_INPUT),
                    of("BAD_REQUEST_PARAMETERS", MALFORMED_REQUEST),
                    of("DEFAULT_4XX", MALFORMED_REQUEST),
                    of("DEFAULT_5XX", INTERNAL),
                    of("EXPIRED_TOKEN", UNAUTHENTICATED),
                    of("INTEGRATION_FAILURE", UNAVAILABLE),
                    of("INTEGRATION_TIMEOUT", UNAVAILABLE),
                    of("INVALID_API_KEY", FORBIDDEN),
                    of("INVALID_SIGNATURE", FORBIDDEN),
                    // API Gateway's response if the path or the method does not exist.
                    of("MISSING_AUTHENTICATION_TOKEN", NO_RESOURCE),
                    of("QUOTA_EXCEEDED", TOO_MANY_CALLS),
                    of("REQUEST_TOO_LARGE", TOO_LARGE),
                    of("RESOURCE_NOT_FOUND", NO_RESOURCE),
                    of("THROTTLED", TOO_MANY_CALLS),
                    of("UNAUTHORIZED", UNAUTHENTICATED),
                    of("UNSUPPORTED_MEDIA_TYPE", UNSUPPORTED_MEDIA_TYPE));

    private GatewayResponses() {}

    /**
     * Returns all gateway responses of a REST API, so that no caller gets API Gateway's own
     * document.
     *
     * @param limitsRates whether a web ACL blocks calls because there are too many
     */
    static List<GatewayResponse> all(boolean limitsRates) {
        var all = new ArrayList<>(MOST);
        all.add(of(FILTERED, limitsRates ? TOO_MANY_CALLS : FORBIDDEN));
        return List.copyOf(all);
    }

    private static GatewayResponse of(String type, GatewayProblem problem) {
        return new GatewayResponse(
                type, problem.status(), headers(type, problem), problem.document("$context.path"));
    }

    /**
     * API Gateway does not distinguish a missing token from an invalid one, so only the response to
     * a denied token has an error code.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, section 3.1</a>
     */
    private static Map<String, String> headers(String type, GatewayProblem problem) {
        var headers =
                new HashMap<>(
                        IntegrationHeaders.of(
                                GatewayProblem.MEDIA_TYPE, IntegrationHeaders.NO_STORE));
        if (problem == UNAVAILABLE || problem == TOO_MANY_CALLS) {
            headers.put(
                    IntegrationHeaders.RETRY_AFTER, type.equals(FILTERED) ? WHEN_FILTERED : "1");
        }
        if (problem == UNAUTHENTICATED) {
            headers.put(IntegrationHeaders.CHALLENGE, REALM);
        }
        if (type.equals("ACCESS_DENIED")) {
            headers.put(IntegrationHeaders.CHALLENGE, REALM + ", error=\"insufficient_scope\"");
        }
        return headers;
    }
}
