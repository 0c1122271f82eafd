package dev.statuswire.core.transition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A change to one attribute by a write. Like {@link Condition}, each kind of change is implemented
 * twice: on an item in memory, and as a DynamoDB expression.
 */
public sealed interface AttributeChange {

    /** Changes {@code item} in place. */
    void applyTo(Map<String, AttributeValue> item);

    /**
     * Returns the same change as one action of a DynamoDB update expression, without its keyword.
     */
    String action(Placeholders placeholders);

    /** Sets an attribute. */
    record Put(String attribute, AttributeValue value) implements AttributeChange {
        @Override
        public void applyTo(Map<String, AttributeValue> item) {
            item.put(attribute, value);
        }

        @Override
        public String action(Placeholders placeholders) {
            return placeholders.name(attribute) + " = " + placeholders.value(value);
        }
    }

    /** Sets an attribute if the item does not have it. */
    record PutIfAbsent(String attribute, AttributeValue value) implements AttributeChange {
        @Override
        public void applyTo(Map<String, AttributeValue> item) {
            item.putIfAbsent(attribute, value);
        }

        @Override
        public String action(Placeholders placeholders) {
            String name = placeholders.name(attribute);
            return "%s = if_not_exists(%s, %s)".formatted(name, name, placeholders.value(value));
        }
    }

    /** Adds to a number; an absent number counts as 0. */
    record Add(String attribute, long amount) implements AttributeChange {
        @Override
        public void applyTo(Map<String, AttributeValue> item) {
            item.put(attribute, Item.number(Item.number(item, attribute) + amount));
        }

        @Override
        public String action(Placeholders placeholders) {
            String name = placeholders.name(attribute);
            return "%s = if_not_exists(%s, %s) + %s"
                    .formatted(
                            name,
                            name,
                            placeholders.value(Item.number(0)),
                            placeholders.value(Item.number(amount)));
        }
    }

    /** Replaces one element of a list, which must exist. */
    record PutElement(String attribute, int index, AttributeValue value)
            implements AttributeChange {
        @Override
        public void applyTo(Map<String, AttributeValue> item) {
            AttributeValue list = item.get(attribute);
            if (list == null) {
                throw new IllegalStateException("the item has no list " + attribute);
            }
            List<AttributeValue> elements = new ArrayList<>(list.l());
            elements.set(index, value);
            item.put(attribute, AttributeValue.fromL(elements));
        }

        @Override
        public String action(Placeholders placeholders) {
            return "%s[%d] = %s"
                    .formatted(placeholders.name(attribute), index, placeholders.value(value));
        }
    }

    /**
     * Adds an element at the end of a list; an absent attribute counts as empty. DynamoDB rejects
     * the write if the attribute is not a list.
     */
    record Append(String attribute, AttributeValue element) implements AttributeChange {
        @Override
        public void applyTo(Map<String, AttributeValue> item) {
            var elements =
                    new ArrayList<>(
                            item.getOrDefault(attribute, AttributeValue.fromL(List.of())).l());
            elements.add(element);
            item.put(attribute, AttributeValue.fromL(elements));
        }

        @Override
        public String action(Placeholders placeholders) {
            String name = placeholders.name(attribute);
            return "%s = list_append(if_not_exists(%s, %s), %s)"
                    .formatted(
                            name,
                            name,
                            placeholders.value(AttributeValue.fromL(List.of())),
                            placeholders.value(AttributeValue.fromL(List.of(element))));
        }
    }

    /** Removes an attribute, if the item has it. */
    record Remove(String attribute) implements AttributeChange {
        @Override
        public void applyTo(Map<String, AttributeValue> item) {
            item.remove(attribute);
        }

        @Override
        public String action(Placeholders placeholders) {
            return placeholders.name(attribute);
        }
    }
}
