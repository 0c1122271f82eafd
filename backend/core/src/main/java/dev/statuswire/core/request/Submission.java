package dev.statuswire.core.request;

import dev.statuswire.core.json.Json;
import java.util.Optional;

/**
 * What a client submits, from the body and headers of its call to the stored item.
 *
 * @param type the name of a request type
 * @param input JSON text without white space, at most {@value Request#MAX_INPUT_BYTES} bytes of
 *     UTF-8
 * @param idempotencyKey a hash of the key that the client sent, without {@code #}; empty if it sent
 *     none
 */
public record Submission(String type, String input, Optional<String> idempotencyKey) {

    /** A submission without an idempotency key. */
    public Submission(String type, String input) {
        this(type, input, Optional.empty());
    }

    /**
     * Returns whether {@code request} was submitted with this content. The order of keys and how
     * numbers are written do not count.
     */
    public boolean isContentOf(Request request) {
        return request.type().equals(type)
                && (request.input().equals(input) || isSameJson(request.input()));
    }

    private boolean isSameJson(String other) {
        return Json.parse(other)
                .flatMap(a -> Json.parse(input).filter(b -> Json.same(a, b)))
                .isPresent();
    }
}
