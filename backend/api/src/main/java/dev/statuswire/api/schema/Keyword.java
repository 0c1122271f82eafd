package dev.statuswire.api.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** A keyword of a schema with its value, compiled. Immutable and thread-safe. */
interface Keyword {

    /** Adds to {@code validation} what is wrong with {@code value}, which is at {@code place}. */
    void check(JsonNode value, ValueLocation place, Validation validation);
}
