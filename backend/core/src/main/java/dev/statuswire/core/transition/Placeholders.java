package dev.statuswire.core.transition;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The names and values of one DynamoDB expression. Every attribute goes by a placeholder, since
 * many of ours ({@code status}, {@code type}, {@code owner} …) are reserved words.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html">Reserved
 *     words in DynamoDB</a>
 */
public final class Placeholders {

    private final Map<String, String> names = new HashMap<>();
    private final Map<AttributeValue, String> placeholders = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    /** The placeholder of an attribute's name. */
    public String name(String attribute) {
        String placeholder = "#" + attribute;
        names.put(placeholder, attribute);
        return placeholder;
    }

    /** The placeholder of a value; the same one for the same value. */
    public String value(AttributeValue value) {
        String placeholder = placeholders.computeIfAbsent(value, _ -> ":" + placeholders.size());
        values.put(placeholder, value);
        return placeholder;
    }

    /** Placeholder to attribute name, for {@code ExpressionAttributeNames}. */
    public Map<String, String> names() {
        return Map.copyOf(names);
    }

    /** Placeholder to value, for {@code ExpressionAttributeValues}. */
    public Map<String, AttributeValue> values() {
        return Map.copyOf(values);
    }
}
