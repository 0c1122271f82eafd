package dev.statuswire.aws.door;

import java.util.Map;

/** Headers of answers. */
final class IntegrationHeaders {

    static final String RETRY_AFTER = "Retry-After";
    static final String VARY = "Vary";
    static final String CHALLENGE = "WWW-Authenticate";
    static final String NO_STORE = "no-store";
    static final String NO_CACHE = "no-cache";

    private IntegrationHeaders() {}

    /**
     * Those that every answer has. Which pages may see it depends on their origin; CloudFront says
     * so to those that may.
     */
    static Map<String, String> of(String mediaType, String cacheControl) {
        return Map.of(
                "Content-Type",
                mediaType,
                "Cache-Control",
                cacheControl,
                "X-Content-Type-Options",
                "nosniff",
                VARY,
                "Origin");
    }
}
