package dev.statuswire.api.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of problem that a client can meet. Each one's {@link #type()} is stable, and can be
 * read at that path.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public enum ProblemKind {
    MALFORMED_REQUEST(400, "The call is malformed"),
    NOT_JSON(400, "The body is not JSON"),
    UNAUTHENTICATED(401, "Nobody knows who is calling"),
    FORBIDDEN_ORIGIN(403, "Pages of this origin may not change anything here"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This path does not know that method"),
    ID_TAKEN(409, "Another request has this id"),
    WRONG_STATUS(409, "The request's status does not allow it"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not application/json"),
    UNKNOWN_HOST(421, "This host is not served here"),
    INVALID_INPUT(422, "The body is not what it should be"),
    KEY_REUSED(422, "The idempotency key was used for something else"),
    TOO_MANY_UNFINISHED(429, "Too many of your requests are unfinished"),
    TOO_MANY_TICKETS(429, "You have too many unused tickets"),
    INTERNAL(500, "Something went wrong here"),
    UNREADABLE(500, "The stored request cannot be read"),
    UNAVAILABLE(503, "The database cannot be reached"),
    ISSUER_UNREACHABLE(503, "Who is calling cannot be checked");

    /** Where kinds can be read. */
    public static final String PATH = "/problems/";

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status that it comes with. */
    public int status() {
        return status;
    }

    /** The same for every problem of this kind. */
    public String title() {
        return title;
    }

    /** Its name in the API, such as {@code not-json}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its URI reference. */
    public String type() {
        return PATH + slug();
    }

    /** The first of that status. */
    static Optional<ProblemKind> of(int status) {
        return Arrays.stream(values()).filter(kind -> kind.status == status).findFirst();
    }

    /** A problem of this kind. */
    public Problem with(String detail) {
        return Problem.of(this, detail);
    }

    /** A problem of this kind, to be thrown. */
    public ProblemException because(String detail) {
        return new ProblemException(with(detail));
    }
}
