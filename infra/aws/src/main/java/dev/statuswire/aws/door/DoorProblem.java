package dev.statuswire.aws.door;

import dev.statuswire.core.json.Json;

/**
 * The problems that the door answers with. Their types and titles are the API's; where it has none,
 * the type is {@code about:blank}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
enum DoorProblem {
    MALFORMED_REQUEST(
            400,
            "/problems/malformed-request",
            "The call is malformed",
            "An id has 8 to 64 characters of A-Z, a-z, 0-9, _ and -, or is ~ and a UUIDv7."),
    PARTIAL_REQUEST(
            400,
            "/problems/malformed-request",
            "The call is malformed",
            "Send the whole request, without Content-Range."),
    UNAUTHENTICATED(
            401,
            "/problems/unauthenticated",
            "Nobody knows who is calling",
            "Send an access token that is still valid, as Authorization: Bearer."),
    FORBIDDEN(403, "about:blank", "Forbidden", "Your access token does not allow this."),
    NOT_FOUND(
            404,
            "/problems/not-found",
            "There is nothing here",
            "You have no such request, or there is no such path."),
    ID_TAKEN(
            409,
            "/problems/id-taken",
            "Another request has this id",
            "It was submitted with another type or input."),
    TOO_LARGE(
            413,
            "/problems/too-large",
            "The body is too large",
            "An input may have 65536 bytes, without white space and with escapes resolved."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "/problems/unsupported-media-type",
            "The body is not application/json",
            "Send it as Content-Type: application/json, in UTF-8 and not compressed."),
    INVALID_INPUT(
            422,
            "/problems/invalid-input",
            "The body is not what it should be",
            "It is not JSON, has no known type, or is not what that type's schema accepts."),
    INVALID_NUMBER(
            422,
            "/problems/invalid-input",
            "The body is not what it should be",
            "A number in the input would lose digits, or a key is given twice. Write the body without"
                    + " white space, type first."),
    TOO_MANY_CALLS(
            429,
            "about:blank",
            "Too Many Requests",
            "Wait at least as many seconds as Retry-After says, then call less often."),
    INTERNAL(
            500,
            "/problems/internal",
            "Something went wrong here",
            "It was not your call's fault."),
    UNREADABLE(
            500,
            "/problems/unreadable",
            "The stored request cannot be read",
            "What is stored as request " + Templates.ID_IN_PATH + " has to be corrected."),
    UNAVAILABLE(
            503,
            "/problems/unavailable",
            "The database cannot be reached",
            "It is safe to try again with the same id or idempotency key.");

    static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String type;
    private final String title;
    private final String detail;

    DoorProblem(int status, String type, String title, String detail) {
        this.status = status;
        this.type = type;
        this.title = title;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String title() {
        return title;
    }

    /**
     * The document, as a template.
     *
     * @param instance an expression of a template, which gives no quote and no backslash
     */
    String document(String instance) {
        return Json.write(
                Json.MAPPER
                        .createObjectNode()
                        .put("type", type)
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .put("instance", instance));
    }
}
