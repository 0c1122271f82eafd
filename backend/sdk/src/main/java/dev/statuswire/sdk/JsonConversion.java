package dev.statuswire.sdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts inputs from JSON and outputs to JSON. Statuswire and its test kit use this class;
 * request types get their input already converted. Thread-safe.
 *
 * <p>Numbers keep their digits. Times are ISO 8601 texts. Members that a class does not have are
 * ignored, and members whose value is null or an empty {@link java.util.Optional} are left out of
 * an output.
 */
public final class JsonConversion {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .addModule(RecordReader.module())
                    .defaultPropertyInclusion(
                            JsonInclude.Value.empty()
                                    .withValueInclusion(JsonInclude.Include.NON_ABSENT))
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private JsonConversion() {}

    /**
     * Converts {@code json} to {@code type}. A {@link JsonNode} stays as it is.
     *
     * @param json the JSON to convert
     * @param type the class to convert it to
     * @param <T> the type to convert it to
     * @return the value
     * @throws InvalidInputException if it does not fit: a required component of a record is
     *     missing, or a value has another type
     */
    public static <T> T read(JsonNode json, Class<T> type) throws InvalidInputException {
        if (type.isInstance(json)) {
            return type.cast(json);
        }
        try {
            T value = MAPPER.treeToValue(json, type);
            if (value == null) {
                throw new InvalidInputException("", new NullPointerException("null"));
            }
            return value;
        } catch (JsonMappingException misfit) {
            throw new InvalidInputException(pointer(misfit), misfit);
        } catch (JsonProcessingException misfit) {
            throw new InvalidInputException("", misfit);
        }
    }

    private static String pointer(JsonMappingException misfit) {
        return misfit.getPath().stream().map(JsonConversion::token).collect(Collectors.joining());
    }

    private static String token(JsonMappingException.Reference place) {
        String name = place.getFieldName();
        return "/"
                + (name == null
                        ? String.valueOf(place.getIndex())
                        : name.replace("~", "~0").replace("/", "~1"));
    }

    /**
     * Converts {@code value} to JSON. A {@link JsonNode} stays as it is; null becomes JSON's null.
     *
     * @param value the object to convert
     * @return the JSON
     * @throws IllegalArgumentException if Jackson cannot write the value
     */
    public static JsonNode write(@Nullable Object value) {
        if (value == null) {
            return NullNode.getInstance();
        }
        return value instanceof JsonNode json ? json : MAPPER.valueToTree(value);
    }

    /**
     * Forgets how each class is read and written. Statuswire calls this after a jar was replaced,
     * so that the classes of its old version can be unloaded.
     */
    public static void clearCaches() {
        MAPPER.clearCaches();
    }

    /**
     * Parses JSON text.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("not JSON", notJson);
        }
    }
}
