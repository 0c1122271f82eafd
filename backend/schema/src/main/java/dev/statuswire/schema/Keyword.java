package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** A compiled keyword of a schema, with its value. Immutable and thread-safe. */
interface Keyword {

    /**
     * Checks {@code value}, which is at {@code place}, and adds its errors to {@code validation}.
     */
    void check(JsonNode value, ValueLocation place, Validation validation);
}
