package dev.statuswire.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.InputError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds numbers that nobody else can read: those beyond the range of a double, such as {@code
 * 1e999999999}, whose digits would not fit into memory where somebody writes them out.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7493#section-2.2">RFC 7493, section 2.2</a>
 */
public final class NumberRange {

    private NumberRange() {}

    /**
     * Returns an error for each such number.
     *
     * @param pointer the pointer to {@code value}
     * @param maxErrors how many errors are reported at most
     */
    public static List<InputError> errorsOf(JsonNode value, String pointer, int maxErrors) {
        var places = new ArrayList<ValueLocation>();
        collect(value, new ValueLocation(null, pointer), places, maxErrors);
        return Validation.reported(
                places.stream()
                        .map(
                                place ->
                                        new Validation.Finding(
                                                place,
                                                "It is beyond the range of numbers (a double's)."))
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
