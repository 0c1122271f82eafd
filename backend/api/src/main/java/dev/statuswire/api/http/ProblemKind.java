package dev.statuswire.api.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of problems that a client can get. The {@link #type()} of a kind is stable, and is the
 * path at which clients can read a description of the kind.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public enum ProblemKind {
    MALFORMED_REQUEST(400, "Malformed request"),
    NOT_JSON(400, "The request body is not JSON"),
    UNAUTHENTICATED(401, "Authentication required"),
    FORBIDDEN_ORIGIN(403, "Origin not allowed"),
    LINK_SCOPE(403, "Not allowed by this link"),
    NOT_FOUND(404, "Not found"),
    LINK_NOT_VALID(404, "The link is not valid"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    ID_TAKEN(409, "The id is already in use"),
    WRONG_STATUS(409, "Not possible in the request's current status"),
    TOO_LARGE(413, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    UNKNOWN_HOST(421, "Host not allowed"),
    INVALID_INPUT(422, "The request body is invalid"),
    KEY_REUSED(422, "The idempotency key is already in use"),
    TOO_MANY_UNFINISHED(429, "Too many unfinished requests"),
    TOO_MANY_TICKETS(429, "Too many unused tickets"),
    TOO_MANY_LINKS(429, "Too many links to one request"),
    TOO_MANY_GUESSES(429, "Too many calls with unknown links"),
    INTERNAL(500, "Internal server error"),
    UNREADABLE(500, "The stored request cannot be read"),
    UNAVAILABLE(503, "The database is unavailable"),
    ISSUER_UNREACHABLE(503, "The access token cannot be verified");

    /** The prefix of every type. */
    public static final String PATH = "/problems/";

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Returns the HTTP status of the response. */
    public int status() {
        return status;
    }

    /** Returns the title, which is the same for every problem of this kind. */
    public String title() {
        return title;
    }

    /** Returns the name in the API, such as {@code not-json}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the type, a URI reference such as {@code /problems/not-json}. */
    public String type() {
        return PATH + slug();
    }

    /** Returns the first kind with {@code status}; empty if there is none. */
    static Optional<ProblemKind> of(int status) {
        return Arrays.stream(values()).filter(kind -> kind.status == status).findFirst();
    }

    /** Returns a problem of this kind. */
    public Problem with(String detail) {
        return Problem.of(this, detail);
    }

    /** Returns an exception with a problem of this kind. */
    public ProblemException because(String detail) {
        return new ProblemException(with(detail));
    }
}
