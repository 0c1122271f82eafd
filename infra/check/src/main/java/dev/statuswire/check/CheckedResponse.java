package dev.statuswire.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A response and the expectations of it.
 *
 * @param call the method and path, such as {@code PUT /requests/{id}}
 */
record CheckedResponse(String call, int status, HttpHeaders headers, String body) {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String CONTENT_TYPE = "Content-Type";

    /**
     * Returns this response.
     *
     * @throws CheckFailedException if it has none of these status codes
     */
    CheckedResponse expect(int... statuses) {
        if (Arrays.stream(statuses).noneMatch(expected -> expected == status)) {
            throw new CheckFailedException(
                    "expected %s from %s, got %s"
                            .formatted(
                                    Arrays.stream(statuses)
                                            .mapToObj(String::valueOf)
                                            .collect(Collectors.joining(" or ")),
                                    call,
                                    described()));
        }
        return this;
    }

    /**
     * Returns this response.
     *
     * @throws CheckFailedException if it is not the problem document of {@code kind}
     */
    CheckedResponse expectProblem(int expected, String kind) {
        expect(expected);
        String type = "/problems/" + kind;
        String media = header(CONTENT_TYPE);
        if (!media.startsWith("application/problem+json")) {
            throw new CheckFailedException(
                    "expected application/problem+json from %s with %d, got %s"
                            .formatted(call, status, media.isEmpty() ? "no Content-Type" : media));
        }
        String found = json().path("type").asText();
        if (!found.equals(type)) {
            throw new CheckFailedException(
                    "expected the problem %s from %s, got \"%s\"".formatted(type, call, found));
        }
        return this;
    }

    /**
     * Returns the value of a header.
     *
     * @throws CheckFailedException if the header is missing or has a different value
     */
    String expectHeader(String name, String expected) {
        String value = header(name);
        if (!value.equals(expected)) {
            throw new CheckFailedException(
                    "expected %s: %s from %s, got %s"
                            .formatted(
                                    name,
                                    expected,
                                    call,
                                    value.isEmpty() ? "no such header" : "\"" + value + "\""));
        }
        return value;
    }

    /**
     * Returns the value of a header.
     *
     * @throws CheckFailedException if the value does not contain {@code part}
     */
    String expectHeaderWith(String name, String part) {
        String value = header(name);
        if (!value.contains(part)) {
            throw new CheckFailedException(
                    "expected a %s with %s from %s, got %s"
                            .formatted(
                                    name,
                                    part,
                                    call,
                                    value.isEmpty() ? "no such header" : "\"" + value + "\""));
        }
        return value;
    }

    /** Returns a header's value; empty if the header is missing. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /**
     * Returns the body.
     *
     * @throws CheckFailedException if it is not JSON
     */
    JsonNode json() {
        try {
            JsonNode read = JSON.readTree(body);
            if (!read.isMissingNode()) {
                return read;
            }
        } catch (JsonProcessingException notJson) {
            // Reported below, on one line.
        }
        throw new CheckFailedException(
                "expected JSON from %s, got %s".formatted(call, described()));
    }

    /** Returns the status code and the problem or the start of the body. */
    String described() {
        if (header(CONTENT_TYPE).startsWith("application/problem+json")) {
            try {
                JsonNode problem = JSON.readTree(body);
                return "%d %s (%s)"
                        .formatted(
                                status,
                                problem.path("type").asText(),
                                problem.path("detail").asText());
            } catch (JsonProcessingException notJson) {
                return status + ", a problem that is not JSON";
            }
        }
        String start = body.length() > 100 ? body.substring(0, 100) + "…" : body;
        return status + (start.isBlank() ? "" : ": " + start);
    }
}
