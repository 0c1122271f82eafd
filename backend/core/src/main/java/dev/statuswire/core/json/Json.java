package dev.statuswire.core.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.Optional;

/**
 * The one JSON mapper of the project. Strict: a key given twice and anything after it are errors.
 */
public final class Json {

    /** Thread-safe, shared. Numbers keep their digits. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(JsonReader.MAX_DEPTH)
                                .build());
    }

    /** 1, 1.0 and 1e0 are one number to a client, so they are to us. */
    private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
            (a, b) -> {
                if (a.isNumber() && b.isNumber()) {
                    return a.decimalValue().compareTo(b.decimalValue());
                }
                return a.equals(b) ? 0 : 1;
            };

    private Json() {}

    /**
     * Reads {@code text}. Each number is written again as it was written there.
     *
     * @return empty if the text is not strictly one JSON value, or has a value that cannot be kept
     */
    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(read(text, Integer.MAX_VALUE));
        } catch (NotJsonException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Reads {@code text}. Each number is written again as it was written there.
     *
     * @param maxTokens how many values, keys and brackets the text may have; written without white
     *     space, it has at least as many bytes
     * @throws NotJsonException if it is not strictly one JSON value, has a key twice, nests deeper
     *     than 100 levels, or has a value that cannot be kept
     */
    public static JsonNode read(String text, int maxTokens) throws NotJsonException {
        return JsonReader.read(text, maxTokens);
    }

    /** Whether {@code text} has no half of a surrogate pair, so that it can be stored. */
    public static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair =
                        Character.isHighSurrogate(text.charAt(i))
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** {@code node} as text, without white space. */
    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree could not be written as JSON", impossible);
        }
    }

    /**
     * Whether two trees say the same: the order of keys and how a number is written do not count.
     */
    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(NUMBERS_BY_VALUE, b);
    }
}
