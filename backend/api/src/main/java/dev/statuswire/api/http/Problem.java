package dev.statuswire.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * A problem document, and the headers that go with it.
 *
 * @param type a URI reference that names its kind
 * @param title the same for every problem of the kind
 * @param detail what it is this time, for a person
 * @param errors part by part, where it is about a body
 */
public record Problem(
        int status,
        String type,
        String title,
        String detail,
        List<InputError> errors,
        Map<String, String> headers) {

    /** Its media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind.status(), kind.type(), kind.title(), detail, List.of(), Map.of());
    }

    /** What the web server itself refuses, before any of our code has seen it. */
    static Problem ofStatus(int status) {
        String reason = HttpStatus.getMessage(status);
        return ProblemKind.of(status)
                .map(kind -> kind.with(reason))
                .orElseGet(
                        () ->
                                new Problem(
                                        status,
                                        "about:blank",
                                        reason,
                                        reason,
                                        List.of(),
                                        Map.of()));
    }

    /** A body that is JSON, but not the right one. */
    public static Problem invalid(List<InputError> errors) {
        Problem problem = ProblemKind.INVALID_INPUT.with("See errors for what to change.");
        return new Problem(
                problem.status, problem.type, problem.title, problem.detail, errors, Map.of());
    }

    /** This problem, sent with one more header. */
    public Problem withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Problem(status, type, title, detail, errors, more);
    }

    /** This problem, with more said. */
    Problem withDetail(String more) {
        return new Problem(status, type, title, more, errors, headers);
    }

    /**
     * The document.
     *
     * @param path at which it happened, encoded as it was or not; null if there is none
     */
    public ObjectNode document(@Nullable String path) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("type", type);
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        document.put("instance", UriReference.ofPath(path));
        if (!errors.isEmpty()) {
            var list = document.putArray("errors");
            errors.forEach(
                    error ->
                            list.addObject()
                                    .put("pointer", error.pointer())
                                    .put("detail", error.detail()));
        }
        return document;
    }
}
