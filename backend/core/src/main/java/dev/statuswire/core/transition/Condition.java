package dev.statuswire.core.transition;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition on an item that a write requires. Each kind of condition is implemented twice: on an
 * item in memory, and as a DynamoDB expression. The store's contract test compares the two.
 */
public sealed interface Condition {

    /** Returns whether {@code item} satisfies the condition. */
    boolean holds(Map<String, AttributeValue> item);

    /** Returns the same condition as a DynamoDB condition expression. */
    String expression(Placeholders placeholders);

    /** Returns a condition that requires all of the given conditions. */
    static Condition all(Condition... all) {
        return new All(List.of(all));
    }

    /** All of {@code parts}. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return parts.stream().allMatch(part -> part.holds(item));
        }

        @Override
        public String expression(Placeholders placeholders) {
            return parts.stream()
                    .map(part -> part.expression(placeholders))
                    .collect(Collectors.joining(" AND "));
        }
    }

    /**
     * A text attribute that has one of {@code values}. Not satisfied if the attribute is absent.
     */
    record OneOf(String attribute, List<String> values) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue value = item.get(attribute);
            return value != null && values.contains(value.s());
        }

        @Override
        public String expression(Placeholders placeholders) {
            return values.stream()
                    .map(value -> placeholders.value(AttributeValue.fromS(value)))
                    .collect(Collectors.joining(", ", placeholders.name(attribute) + " IN (", ")"));
        }
    }

    /** A set of texts that has at least one of {@code values}. */
    record HasOneOf(String attribute, List<String> values) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue set = item.get(attribute);
            return set != null && values.stream().anyMatch(set.ss()::contains);
        }

        @Override
        public String expression(Placeholders placeholders) {
            String name = placeholders.name(attribute);
            return values.stream()
                    .map(value -> placeholders.value(AttributeValue.fromS(value)))
                    .map(value -> "contains(" + name + ", " + value + ")")
                    .collect(Collectors.joining(" OR ", "(", ")"));
        }
    }

    /** A number attribute compared with {@code value}. An absent attribute counts as 0. */
    record Compared(String attribute, Comparison comparison, long value) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return comparison.holds(Item.number(item, attribute), value);
        }

        @Override
        public String expression(Placeholders placeholders) {
            String name = placeholders.name(attribute);
            String compared =
                    name + " " + comparison.sign + " " + placeholders.value(Item.number(value));
            return comparison.holds(0, value)
                    ? "(attribute_not_exists(" + name + ") OR " + compared + ")"
                    : compared;
        }
    }

    /** An attribute that the item does not have. */
    record Absent(String attribute) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return !item.containsKey(attribute);
        }

        @Override
        public String expression(Placeholders placeholders) {
            return "attribute_not_exists(" + placeholders.name(attribute) + ")";
        }
    }

    /** A flag that is set, or is not. An absent flag is not set. */
    record Flag(String attribute, boolean set) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return Item.flag(item, attribute) == set;
        }

        @Override
        public String expression(Placeholders placeholders) {
            String name = placeholders.name(attribute);
            String raised = placeholders.value(AttributeValue.fromBool(true));
            return set
                    ? name + " = " + raised
                    : "(attribute_not_exists(" + name + ") OR " + name + " <> " + raised + ")";
        }
    }

    /** A comparison of two numbers. */
    enum Comparison {
        /** Equal. */
        IS("="),
        /** Less. */
        BELOW("<"),
        /** Equal or greater. */
        AT_LEAST(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private boolean holds(long left, long right) {
            return switch (this) {
                case IS -> left == right;
                case BELOW -> left < right;
                case AT_LEAST -> left >= right;
            };
        }
    }
}
