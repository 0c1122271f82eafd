package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds numbers beyond the range of a double, such as {@code 1e999999999}. Most programs cannot
 * read them, and a program that writes out all their digits runs out of memory.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7493#section-2.2">RFC 7493, section 2.2</a>
 */
public final class NumberRange {

    private NumberRange() {}

    /**
     * Returns an error for each number beyond the range.
     *
     * @param pointer the pointer to {@code value}
     * @param maxErrors the maximum number of errors
     */
    public static List<InputError> errorsOf(JsonNode value, String pointer, int maxErrors) {
        var places = new ArrayList<ValueLocation>();
        collect(value, ValueLocation.root(pointer), places, maxErrors);
        return Validation.reported(
                places.stream()
                        .map(
                                place ->
                                        new Validation.Finding(
                                                place,
                                                "must be within the range of a 64-bit"
                                                        + " floating-point number"))
                        .toList());
    }

    private static void collect(
            JsonNode node, ValueLocation place, List<ValueLocation> places, int maxErrors) {
        if (places.size() >= maxErrors) {
            return;
        }
        if (node.isNumber() && !isInRange(node)) {
            places.add(place);
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            collect(member.getValue(), place.member(member.getKey()), places, maxErrors);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.path(i), place.item(i), places, maxErrors);
        }
    }

    private static boolean isInRange(JsonNode number) {
        double value = number.doubleValue();
        return Double.isFinite(value) && (value != 0 || number.decimalValue().signum() == 0);
    }
}
