package dev.statuswire.aws.template;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call as API Gateway and CloudFront receive it.
 *
 * @param path not decoded
 * @param query not decoded, with the question mark; empty if there is none
 * @param headers by the names that were sent
 * @param body decoded; bytes that are not UTF-8 are replaced
 */
record Call(
        String method, String path, String query, Map<String, List<String>> headers, String body) {

    /** Returns the last value of a header. */
    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().getLast())
                .findFirst();
    }

    /** Returns this call with a different value of a header; null removes the header. */
    Call with(String name, @Nullable String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.keySet().removeIf(name::equalsIgnoreCase);
        if (value != null) {
            changed.put(name, List.of(value));
        }
        return new Call(method, path, query, changed, body);
    }

    /** Returns this call with a different path. */
    Call at(String other) {
        return new Call(method, other, query, headers, body);
    }

    /** Returns the last value of each header. */
    Map<String, String> lastHeaders() {
        var last = new LinkedHashMap<String, String>();
        headers.forEach((name, values) -> last.put(name, values.getLast()));
        return last;
    }

    /** Returns the decoded parameters of the query. */
    Map<String, List<String>> parameters() {
        var parameters = new LinkedHashMap<String, List<String>>();
        if (query.length() > 1) {
            for (String parameter : query.substring(1).split("&", -1)) {
                String[] parts = parameter.split("=", 2);
                parameters
                        .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        return parameters;
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /**
     * Returns the media type in lower case, without parameters; JSON if there is none.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html">Method
     *     request behavior for payloads without mapping templates</a>
     */
    String mediaType() {
        return header("Content-Type")
                .orElse("application/json")
                .replaceAll(";.*", "")
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
