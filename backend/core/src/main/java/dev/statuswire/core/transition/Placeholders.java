package dev.statuswire.core.transition;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The names and values of one DynamoDB expression. Every attribute is written as a placeholder,
 * because many of our attribute names ({@code status}, {@code type}, {@code owner} …) are reserved
 * words.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html">Reserved
 *     words in DynamoDB</a>
 */
public final class Placeholders {

    private final Map<String, String> names = new HashMap<>();
    private final Map<AttributeValue, String> placeholders = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    /** Returns the placeholder of an attribute name. */
    public String name(String attribute) {
        String placeholder = "#" + attribute;
        names.put(placeholder, attribute);
        return placeholder;
    }

    /** Returns the placeholder of a value. Equal values have the same placeholder. */
    public String value(AttributeValue value) {
        String placeholder = placeholders.computeIfAbsent(value, key -> ":" + placeholders.size());
        values.put(placeholder, value);
        return placeholder;
    }

    /** Returns the attribute names by placeholder, for {@code ExpressionAttributeNames}. */
    public Map<String, String> names() {
        return Map.copyOf(names);
    }

    /** Returns the values by placeholder, for {@code ExpressionAttributeValues}. */
    public Map<String, AttributeValue> values() {
        return Map.copyOf(values);
    }
}
