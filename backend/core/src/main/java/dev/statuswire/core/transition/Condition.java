package dev.statuswire.core.transition;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must hold of an item for a write to happen. Each case says it twice, once for an item in
 * hand and once for DynamoDB; the store's contract test holds the two against each other.
 */
public sealed interface Condition {

    /** Whether {@code item} fulfils it. */
    boolean holds(Map<String, AttributeValue> item);

    /** The same as a DynamoDB condition expression. */
    String expression(Placeholders placeholders);

    /** Every one of {@code all}. */
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

    /** A text attribute that is one of {@code values}; an absent one is none. */
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

    /** A number attribute compared with {@code value}; an absent one counts as 0. */
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

    /** An attribute that is not there. */
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

    /** A flag that is or is not set; an absent one is not. */
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

    /** How a number is compared. */
    enum Comparison {
        /** The same. */
        IS("="),
        /** Smaller. */
        BELOW("<"),
        /** The same or greater. */
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
