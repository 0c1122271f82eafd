package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The headers that a response headers policy of CloudFront adds, without {@code
 * Strict-Transport-Security}, because nothing here uses https.
 */
final class AddedHeaders {

    private final JsonNode policy;
    private final Network network;

    AddedHeaders(JsonNode policy, Network network) {
        this.policy = policy;
        this.network = network;
    }

    void addTo(Map<String, List<String>> headers, Optional<String> origin) {
        JsonNode security = policy.path("SecurityHeadersConfig");
        set(
                headers,
                "Content-Security-Policy",
                network.local(
                        security.at("/ContentSecurityPolicy/ContentSecurityPolicy").asText(),
                        null));
        set(headers, "X-Frame-Options", security.at("/FrameOptions/FrameOption").asText());
        set(headers, "Referrer-Policy", security.at("/ReferrerPolicy/ReferrerPolicy").asText());
        set(headers, "X-Content-Type-Options", security.has("ContentTypeOptions") ? "nosniff" : "");
        for (JsonNode custom : policy.at("/CustomHeadersConfig/Items")) {
            set(headers, custom.path("Header").asText(), custom.path("Value").asText());
        }
        origin.ifPresent(it -> addCors(headers, it));
    }

    private void addCors(Map<String, List<String>> headers, String origin) {
        JsonNode cors = policy.path("CorsConfig");
        List<String> origins = RestMethod.texts(cors.at("/AccessControlAllowOrigins/Items"));
        if (!origins.contains("*") && !origins.contains(origin)) {
            return;
        }
        set(headers, "Access-Control-Allow-Origin", origins.contains("*") ? "*" : origin);
        set(headers, "Access-Control-Allow-Methods", list(cors, "AccessControlAllowMethods"));
        set(headers, "Access-Control-Allow-Headers", list(cors, "AccessControlAllowHeaders"));
        set(headers, "Access-Control-Expose-Headers", list(cors, "AccessControlExposeHeaders"));
    }

    private static String list(JsonNode cors, String name) {
        return String.join(", ", RestMethod.texts(cors.path(name).path("Items")));
    }

    private static void set(Map<String, List<String>> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.put(name, List.of(value));
        }
    }
}
