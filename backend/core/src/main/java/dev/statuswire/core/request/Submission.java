package dev.statuswire.core.request;

import dev.statuswire.core.json.Json;
import java.util.Optional;

/**
 * A client's submission, as read from the body and headers of its call.
 *
 * @param type the name of a request type
 * @param input JSON text without white space, at most {@value Request#MAX_INPUT_BYTES} bytes of
 *     UTF-8
 * @param options when to start the request, and its tags
 * @param idempotencyKey a hash of the client's idempotency key, without {@code #}; empty if the
 *     client sent no key
 */
public record Submission(
        String type, String input, SubmissionOptions options, Optional<String> idempotencyKey) {

    /** Creates a submission without options and without an idempotency key. */
    public Submission(String type, String input) {
        this(type, input, SubmissionOptions.NONE, Optional.empty());
    }

    /**
     * Returns whether {@code request} was submitted with this content. The order of keys and the
     * spelling of numbers are ignored, and so is the order of tags.
     */
    public boolean isContentOf(Request request) {
        return request.type().equals(type)
                && options.equals(request.options())
                && (request.input().equals(input) || isSameJson(request.input()));
    }

    private boolean isSameJson(String other) {
        return Json.parse(other)
                .flatMap(a -> Json.parse(input).filter(b -> Json.same(a, b)))
                .isPresent();
    }
}
