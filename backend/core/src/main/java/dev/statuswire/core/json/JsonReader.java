package dev.statuswire.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.NotJsonException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Strict parser of one text. It preserves the spelling of each number. Not thread-safe. */
final class JsonReader {

    static final int MAX_DEPTH = 100;

    /**
     * The maximum length of a number. Parsing its digits takes time that grows with their square.
     */
    static final int MAX_NUMBER = 1000;

    /**
     * Jackson's own limits never apply, because this class checks depth and numbers itself to
     * report which limit was exceeded. The factory keeps no table of keys, because clients could
     * fill it.
     */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH + 1)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final int maxTokens;
    private int tokens;
    private int depth;

    private JsonReader(JsonParser parser, int maxTokens) {
        this.parser = parser;
        this.maxTokens = maxTokens;
    }

    /**
     * Parses {@code text}.
     *
     * @param maxTokens the maximum number of values, keys and brackets
     */
    static JsonNode read(String text, int maxTokens) throws NotJsonException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonReader(parser, maxTokens).whole();
        } catch (JsonProcessingException notJson) {
            throw new NotJsonException(Reason.SYNTAX);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private JsonNode whole() throws IOException, NotJsonException {
        JsonToken first = next();
        if (first == null) {
            throw new NotJsonException(Reason.SYNTAX);
        }
        JsonNode value = value(first);
        if (next() != null) {
            throw new NotJsonException(Reason.SYNTAX);
        }
        return value;
    }

    private @Nullable JsonToken next() throws IOException, NotJsonException {
        if (++tokens > maxTokens) {
            throw new NotJsonException(Reason.SIZE);
        }
        return parser.nextToken();
    }

    private JsonNode value(@Nullable JsonToken token) throws IOException, NotJsonException {
        if (token == null) {
            throw new NotJsonException(Reason.SYNTAX);
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> NODES.textNode(unicode(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new NotJsonException(Reason.SYNTAX);
        };
    }

    private ObjectNode object() throws IOException, NotJsonException {
        enter();
        ObjectNode object = NODES.objectNode();
        while (next() == JsonToken.FIELD_NAME) {
            String name = unicode(parser.currentName());
            if (object.has(name)) {
                throw new NotJsonException(Reason.KEY_TWICE);
            }
            object.set(name, value(next()));
        }
        depth--;
        return object;
    }

    private ArrayNode array() throws IOException, NotJsonException {
        enter();
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            array.add(value(token));
        }
        depth--;
        return array;
    }

    private void enter() throws NotJsonException {
        if (++depth > MAX_DEPTH) {
            throw new NotJsonException(Reason.DEPTH);
        }
    }

    private JsonNode number(JsonToken token) throws IOException, NotJsonException {
        if (parser.getTextLength() > MAX_NUMBER) {
            throw new NotJsonException(Reason.NUMBER);
        }
        String text = parser.getText();
        if (token == JsonToken.VALUE_NUMBER_INT && !text.equals("-0")) {
            return whole(new BigInteger(text));
        }
        try {
            var value = new BigDecimal(text);
            return value.toString().equals(text)
                    ? NODES.numberNode(value)
                    : new NumberAsWritten(text, value);
        } catch (NumberFormatException exponent) {
            throw new NotJsonException(Reason.EXPONENT);
        }
    }

    private static JsonNode whole(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return NODES.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE
                ? NODES.numberNode(number.longValue())
                : NODES.numberNode(number);
    }

    /**
     * Refuses a text with an unpaired surrogate, which cannot be stored (RFC 7493, section 2.1).
     */
    private static String unicode(String text) throws NotJsonException {
        if (!Json.isUnicode(text)) {
            throw new NotJsonException(Reason.SURROGATE);
        }
        return text;
    }
}
