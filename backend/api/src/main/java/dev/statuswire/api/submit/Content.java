package dev.statuswire.api.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;

/**
 * What a client submits.
 *
 * @param inputText {@code input} as it is stored: without white space
 */
record Content(String type, JsonNode input, String inputText) {

    /** Whether {@code request} was submitted with this content, however it was written. */
    boolean isThatOf(Request request) {
        return request.type().equals(type)
                && (request.input().equals(inputText)
                        || Json.parse(request.input())
                                .filter(other -> Json.same(other, input))
                                .isPresent());
    }
}
