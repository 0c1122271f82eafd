package dev.statuswire.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON. Numbers keep their digits. Thread-safe. */
final class ClientJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                    .build();

    /** For example {@code 2030-01-31T14:30:00.000Z}. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

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
     * Writes the body of a submission, without white space and with the members in the order in
     * which API Gateway keeps the digits of numbers as well. Options that are not set are left out.
     *
     * @param writer writes the input
     * @throws IllegalArgumentException if the input cannot be written as JSON
     */
    static String submission(
            String type, Object input, SubmitOptions options, ObjectMapper writer) {
        ObjectNode body = MAPPER.createObjectNode().put("type", type);
        options.addTo(body);
        return withValue(body, "input", input, writer);
    }

    /**
     * Writes the body of an answer.
     *
     * @param writer writes the answer
     * @throws IllegalArgumentException if the answer cannot be written as JSON
     */
    static String answer(String step, Object answer, ObjectMapper writer) {
        ObjectNode body = MAPPER.createObjectNode().put("step", step);
        return withValue(body, "answer", answer, writer);
    }

    /** Writes the body of a new link. Options that are not set are left out. */
    static String link(LinkOptions options) {
        ObjectNode body = MAPPER.createObjectNode().put("scope", options.scope());
        putText(body, "step", options.step());
        putText(body, "label", options.label());
        putTime(body, "expiresAt", options.expiresAt());
        return body.put("showsInput", options.showsInput()).toString();
    }

    private static void putText(ObjectNode body, String name, @Nullable String text) {
        if (text != null) {
            body.put(name, text);
        }
    }

    /** Adds a member with three decimal places, unless {@code time} is null. */
    static void putTime(ObjectNode body, String name, @Nullable Instant time) {
        if (time != null) {
            body.put(name, TIME.format(time));
        }
    }

    /** Adds the last member of a body. Rejects NaN and Infinity, which are not JSON. */
    private static String withValue(
            ObjectNode body, String name, Object value, ObjectMapper writer) {
        try {
            body.set(name, read(writer.writeValueAsString(value)));
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException | IllegalArgumentException | StackOverflowError failed) {
            throw new IllegalArgumentException(
                    "the %s cannot be written as JSON".formatted(name), failed);
        }
    }

    /** Returns the mapper that writes inputs and answers, unless the application has its own. */
    static ObjectMapper mapper() {
        return MAPPER;
    }
}
