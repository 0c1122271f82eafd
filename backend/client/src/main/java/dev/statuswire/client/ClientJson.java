package dev.statuswire.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads and writes JSON. Numbers keep their digits. Thread-safe. */
final class ClientJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                    .build();

    private ClientJson() {}

    /**
     * @throws IllegalArgumentException if the text is not exactly one JSON value
     */
    static JsonNode read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (!json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("the text is not JSON", notJson);
        }
        throw new IllegalArgumentException("the text is empty");
    }

    /**
     * Writes the body of a submission, without white space and with the type first: in this form,
     * API Gateway keeps the digits of numbers as well.
     *
     * @param writer writes the input
     * @throws IllegalArgumentException if the input cannot be written as JSON
     */
    static String submission(String type, Object input, ObjectMapper writer) {
        String text;
        try {
            text = writer.writeValueAsString(input);
        } catch (JsonProcessingException | StackOverflowError failed) {
            throw new IllegalArgumentException("the input cannot be written as JSON", failed);
        }
        return "{\"type\":\"" + type + "\",\"input\":" + compact(text) + "}";
    }

    /** Rejects NaN and Infinity, which are not JSON, and removes white space. */
    private static String compact(String text) {
        try {
            return MAPPER.writeValueAsString(MAPPER.readTree(text));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("the input cannot be written as JSON", notJson);
        }
    }

    /** Returns the mapper that writes inputs, unless the application has its own. */
    static ObjectMapper mapper() {
        return MAPPER;
    }
}
