package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server refused a call, or failed to handle it: a response that is not a success, usually with
 * a problem document (RFC 9457). Rely on {@link #type} and {@link #status} in programs.
 */
public final class ProblemResponseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The problem document of the response. */
    private final Problem problem;

    /** How long to wait before another call; null if the response does not report it. */
    private final @Nullable Duration retryAfter;

    /**
     * The problem document.
     *
     * @param type identifies the kind of problem, for example {@code /problems/invalid-input};
     *     {@code about:blank} if the response has none
     * @param title describes the kind of problem
     * @param status the HTTP status
     * @param detail describes this occurrence; null if the response has none
     * @param instance the path of the call; null if the response has none
     * @param errors the errors in the input; empty if the problem is not about the input
     */
    public record Problem(
            String type,
            String title,
            int status,
            @Nullable String detail,
            @Nullable String instance,
            List<FieldError> errors)
            implements Serializable {

        private static final long serialVersionUID = 1;

        /** Copies the errors. */
        public Problem {
            errors = List.copyOf(errors);
        }

        /** Reads the body of a response; it may be anything. */
        static Problem of(int status, JsonNode body) {
            String type = StatusDocument.textOf(body.path("type"));
            String title = StatusDocument.textOf(body.path("title"));
            List<FieldError> errors = new ArrayList<>();
            for (JsonNode error : body.path("errors")) {
                if (error.path("pointer").isTextual() && error.path("detail").isTextual()) {
                    errors.add(
                            new FieldError(
                                    error.get("pointer").textValue(),
                                    error.get("detail").textValue()));
                }
            }
            return new Problem(
                    type == null ? "about:blank" : type,
                    title == null ? "The server responded " + status : title,
                    status,
                    StatusDocument.textOf(body.path("detail")),
                    StatusDocument.textOf(body.path("instance")),
                    errors);
        }
    }

    /**
     * One error in an input.
     *
     * @param pointer its location in the body, a JSON Pointer (RFC 6901)
     * @param detail the error, for people
     */
    public record FieldError(String pointer, String detail) implements Serializable {

        private static final long serialVersionUID = 1;
    }

    ProblemResponseException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.detail() == null ? problem.title() : problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** {@return the problem document} */
    public Problem problem() {
        return problem;
    }

    /** {@return the {@code type} of the problem, for example {@code /problems/id-taken}} */
    public String type() {
        return problem.type();
    }

    /** {@return the HTTP status} */
    public int status() {
        return problem.status();
    }

    /** {@return the errors in the input; empty if the problem is not about the input} */
    public List<FieldError> errors() {
        return problem.errors();
    }

    /** {@return the {@code Retry-After} of the response; empty if it has none} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** {@return whether the same call may succeed later} */
    boolean isTransient() {
        return status() >= 500 || status() == 408 || status() == 429;
    }
}
