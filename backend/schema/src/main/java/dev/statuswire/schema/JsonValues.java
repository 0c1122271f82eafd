package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.schema.regex.ValidationBudget;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;

/**
 * Compares JSON values as JSON Schema does: numbers by value, members in any order. The numbers
 * must be within the range of a double, so that no exponent is huge.
 */
final class JsonValues {

    private static final int LARGEST_SCALE = 100;

    private JsonValues() {}

    /**
     * Returns the name of the type of {@code value}. A number is an integer if it is written
     * without digits after the decimal point.
     */
    static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> isWhole(value) ? "integer" : "number";
            default -> "null";
        };
    }

    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() || number.decimalValue().scale() <= 0;
    }

    /**
     * Returns {@code number} with all its digits, and with a power of ten only if that is large.
     */
    static String digitsOf(BigDecimal number) {
        return Math.abs((long) number.scale()) <= LARGEST_SCALE
                ? number.toPlainString()
                : number.unscaledValue() + "e" + -(long) number.scale();
    }

    static boolean same(JsonNode one, JsonNode other, ValidationBudget budget) {
        budget.spend(1);
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
            return false;
        }
        if (one.isObject()) {
            return sameMembers(one, other, budget);
        }
        return one.isArray() ? sameItems(one, other, budget) : one.equals(other);
    }

    private static boolean sameMembers(JsonNode one, JsonNode other, ValidationBudget budget) {
        for (Map.Entry<String, JsonNode> member : one.properties()) {
            JsonNode found = other.get(member.getKey());
            if (found == null || !same(member.getValue(), found, budget)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameItems(JsonNode one, JsonNode other, ValidationBudget budget) {
        Iterator<JsonNode> others = other.iterator();
        for (JsonNode item : one) {
            if (!same(item, others.next(), budget)) {
                return false;
            }
        }
        return true;
    }

    /** Returns equal hashes for values that are the {@link #same}. */
    static int hash(JsonNode value, ValidationBudget budget) {
        budget.spend(1);
        int hash = value.getNodeType().hashCode();
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return number.signum() == 0 ? 0 : Double.hashCode(number.doubleValue());
        }
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                hash += member.getKey().hashCode() ^ (31 * hash(member.getValue(), budget));
            }
            return hash;
        }
        if (value.isArray()) {
            for (JsonNode item : value) {
                hash = 31 * hash + hash(item, budget);
            }
            return hash;
        }
        return value.hashCode();
    }
}
