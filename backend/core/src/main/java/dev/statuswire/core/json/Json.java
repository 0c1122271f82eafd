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
 * The project's JSON mapper and parser. Both are strict: a duplicate key, or anything after the
 * value, is an error.
 */
public final class Json {

    /** The shared mapper. Thread-safe. It preserves the digits of numbers. */
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

    /** Compares numbers by value: to clients, 1, 1.0 and 1e0 are the same number. */
    private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
            (a, b) -> {
                if (a.isNumber() && b.isNumber()) {
                    return a.decimalValue().compareTo(b.decimalValue());
                }
                return a.equals(b) ? 0 : 1;
            };

    private Json() {}

    /**
     * Parses {@code text}. Each number keeps its spelling and is written back exactly as it was
     * read.
     *
     * @return empty if the text is not exactly one valid JSON value, or contains a value that
     *     cannot be stored
     */
    public static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(read(text, Integer.MAX_VALUE));
        } catch (NotJsonException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Parses {@code text}. Each number keeps its spelling and is written back exactly as it was
     * read.
     *
     * @param maxTokens the maximum number of values, keys and brackets in the text; the text has at
     *     least as many bytes when it is written without white space
     * @throws NotJsonException if the text is not exactly one valid JSON value, has a duplicate
     *     key, is nested deeper than 100 levels, or contains a value that cannot be stored
     */
    public static JsonNode read(String text, int maxTokens) throws NotJsonException {
        return JsonReader.read(text, maxTokens);
    }

    /** Returns whether {@code text} is free of unpaired surrogates, and so can be stored. */
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

    /** Writes {@code node} as text, without white space. */
    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("could not write a tree as JSON", impossible);
        }
    }

    /**
     * Returns whether two trees are equal, regardless of the order of keys and the spelling of
     * numbers.
     */
    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(NUMBERS_BY_VALUE, b);
    }
}
