package dev.statuswire.aws.door;

import dev.statuswire.core.json.Json;

/**
 * The problems that the front door responds with. Types, titles and details are those of the API. A
 * problem that the API does not have is of type {@code about:blank}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
enum GatewayProblem {
    MALFORMED_REQUEST(
            400,
            "/problems/malformed-request",
            "Malformed request",
            "An id has 8 to 64 characters of A-Z, a-z, 0-9, _ and -, or is ~ followed by a UUIDv7."),
    PARTIAL_REQUEST(
            400,
            "/problems/malformed-request",
            "Malformed request",
            "Send the whole request, without Content-Range."),
    UNAUTHENTICATED(
            401,
            "/problems/unauthenticated",
            "Authentication required",
            "Send a valid access token as Authorization: Bearer <token>."),
    FORBIDDEN(403, "about:blank", "Forbidden", "Your access token does not allow this."),
    NOT_FOUND(404, "/problems/not-found", "Not found", "You have no request with this id."),
    NO_RESOURCE(
            404,
            "/problems/not-found",
            "Not found",
            "There is no resource at this path, or it does not support this method."),
    ID_TAKEN(
            409,
            "/problems/id-taken",
            "The id is already in use",
            "The stored request has another type, input or option."),
    TOO_LARGE(
            413,
            "/problems/too-large",
            "The request body is too large",
            "An input has at most 65536 bytes, without white space and with escapes resolved."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "/problems/unsupported-media-type",
            "Unsupported media type",
            "Send the body as Content-Type: application/json, in UTF-8 and not compressed."),
    INVALID_INPUT(
            422,
            "/problems/invalid-input",
            "The request body is invalid",
            "The body is not JSON, has no known type, or its input does not match the type's schema."),
    INVALID_NUMBER(
            422,
            "/problems/invalid-input",
            "The request body is invalid",
            "A number in the input would lose digits, or an object contains the same key twice. Send the"
                    + " body without white space, with type first."),
    TOO_MANY_CALLS(
            429,
            "about:blank",
            "Too Many Requests",
            "Wait for the seconds in the Retry-After header, then call less often."),
    INTERNAL(
            500,
            "/problems/internal",
            "Internal server error",
            "The call may or may not have taken effect."),
    UNREADABLE(
            500,
            "/problems/unreadable",
            "The stored request cannot be read",
            "The stored item of request "
                    + MappingTemplateLoader.ID_IN_PATH
                    + " is malformed. An operator must correct it."),
    UNAVAILABLE(
            503,
            "/problems/unavailable",
            "The database is unavailable",
            "You can safely retry with the same id or idempotency key.");

    static final String MEDIA_TYPE = "application/problem+json";

    private final int status;
    private final String type;
    private final String title;
    private final String detail;

    GatewayProblem(int status, String type, String title, String detail) {
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
     * Returns the problem document, as a template.
     *
     * @param instance a template expression whose value has no quote and no backslash
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
