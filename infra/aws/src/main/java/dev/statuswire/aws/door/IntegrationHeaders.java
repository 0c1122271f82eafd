package dev.statuswire.aws.door;

import java.util.Map;

/** Headers of responses. */
final class IntegrationHeaders {

    static final String RETRY_AFTER = "Retry-After";
    static final String VARY = "Vary";
    static final String CHALLENGE = "WWW-Authenticate";
    static final String NO_STORE = "no-store";
    static final String NO_CACHE = "no-cache";

    private IntegrationHeaders() {}

    /**
     * Returns the headers of every response. The responses vary by origin, because CloudFront adds
     * the CORS headers for allowed origins.
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
