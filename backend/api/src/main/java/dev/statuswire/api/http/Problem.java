package dev.statuswire.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.schema.InputError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * A problem document, with the headers of its response.
 *
 * @param type a URI reference that identifies the kind of problem
 * @param title the same for every problem of the kind
 * @param detail describes this problem, for a person
 * @param errors the errors in the body of the request; empty for any other problem
 */
public record Problem(
        int status,
        String type,
        String title,
        String detail,
        List<InputError> errors,
        Map<String, String> headers) {

    /** The media type of a problem document. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The maximum number of errors in a problem document. */
    public static final int MAX_ERRORS = 50;

    private static final int MAX_ERROR_CHARACTERS = 64 * 1024;

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind.status(), kind.type(), kind.title(), detail, List.of(), Map.of());
    }

    /**
     * Returns the problem for an error that the web server or the router detects, before any
     * handler runs.
     */
    static Problem ofStatus(int status) {
        String reason = HttpStatus.getMessage(status);
        String detail =
                switch (status) {
                    case HttpStatus.NOT_FOUND_404 -> "There is no resource at this path.";
                    case HttpStatus.METHOD_NOT_ALLOWED_405 ->
                            "The Allow header lists the methods of this path.";
                    default -> reason;
                };
        return ProblemKind.of(status)
                .map(kind -> kind.with(detail))
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

    /**
     * Returns the problem for a body that is valid JSON, but not a valid submission. It lists at
     * most {@value #MAX_ERRORS} errors, and omits further ones after {@value #MAX_ERROR_CHARACTERS}
     * characters. Pointers and details are truncated after {@value InputError#MAX_LENGTH}
     * characters.
     */
    public static Problem invalid(List<InputError> errors) {
        List<InputError> first = firstOf(errors);
        Problem problem =
                ProblemKind.INVALID_INPUT.with(
                        first.size() == errors.size()
                                ? "See errors for what to change."
                                : "See errors for what to change; there are more than listed.");
        return new Problem(
                problem.status, problem.type, problem.title, problem.detail, first, Map.of());
    }

    private static List<InputError> firstOf(List<InputError> errors) {
        var first = new ArrayList<InputError>();
        int characters = 0;
        int count = 0;
        while (count < Math.min(errors.size(), MAX_ERRORS) && characters < MAX_ERROR_CHARACTERS) {
            InputError error = errors.get(count).cut();
            first.add(error);
            characters += error.pointer().length() + error.detail().length();
            count++;
        }
        return first;
    }

    /** Returns this problem with an additional header. */
    public Problem withHeader(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Problem(status, type, title, detail, errors, more);
    }

    /** Returns this problem with another detail. */
    Problem withDetail(String other) {
        return new Problem(status, type, title, other, errors, headers);
    }

    /**
     * Returns the problem document.
     *
     * @param path the path of the call, percent-encoded or not; null if there is none
     */
    public ObjectNode document(@Nullable String path) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("type", type);
        document.put("title", title);
        document.put("status", status);
        document.put("detail", detail);
        document.put("instance", UriPathEncoder.ofPath(path));
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
