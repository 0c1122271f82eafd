package dev.statuswire.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.util.ArrayList;
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

    /** How many errors a problem lists. */
    public static final int MAX_ERRORS = 50;

    private static final int MAX_ERROR_CHARACTERS = 64 * 1024;

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

    /**
     * A body that is JSON, but not the right one. Lists the first errors only: at most {@value
     * #MAX_ERRORS}, and no more after {@value #MAX_ERROR_CHARACTERS} characters. What is longer
     * than {@value InputError#MAX_LENGTH} characters is cut.
     */
    public static Problem invalid(List<InputError> errors) {
        List<InputError> first = firstOf(errors);
        Problem problem =
                ProblemKind.INVALID_INPUT.with(
                        first.size() == errors.size()
                                ? "See errors for what to change."
                                : "See errors for what to change; there are more than these.");
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
