package dev.statuswire.aws.door.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A call as API Gateway has it.
 *
 * @param path not decoded
 * @param headers by the names that they were sent by; of several, the last
 * @param body decoded; what is not UTF-8 in it is replaced
 */
record Call(String method, String path, String query, Map<String, String> headers, String body) {

    static Call of(HttpExchange exchange) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getLast()));
        String query = exchange.getRequestURI().getRawQuery();
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : "?" + query,
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether this is {@code method} of {@code prefix} and one more segment. */
    boolean is(String ofMethod, String prefix) {
        return method.equals(ofMethod)
                && path.startsWith(prefix)
                && path.indexOf('/', prefix.length()) < 0;
    }

    /** {@code $input.params()}, where the last segment of the path is the id. */
    Map<String, Map<String, String>> parameters() {
        var parameters = new LinkedHashMap<String, Map<String, String>>();
        String id = path.substring(path.lastIndexOf('/') + 1);
        // A plus is a plus in a path.
        String decoded = URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        parameters.put("path", Map.of("id", decoded));
        parameters.put("querystring", Map.of());
        parameters.put("header", headers);
        return parameters;
    }

    /**
     * Without a media type it is JSON; what comes after the type itself does not count.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html">Method
     *     request behavior for payloads without mapping templates</a>
     */
    boolean isJson() {
        String type = header("Content-Type").orElse("application/json");
        return type.replaceAll(";.*", "").strip().equalsIgnoreCase("application/json");
    }
}
