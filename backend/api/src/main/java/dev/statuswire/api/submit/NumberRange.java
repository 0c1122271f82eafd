package dev.statuswire.api.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.InputError;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds numbers that nobody else can read: those beyond the range of a double, such as {@code
 * 1e999999999}, whose digits would not fit into memory where somebody writes them out.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7493#section-2.2">RFC 7493, section 2.2</a>
 */
final class NumberRange {

    private NumberRange() {}

    static List<InputError> errorsOf(JsonNode node, String pointer) {
        var errors = new ArrayList<InputError>();
        collect(node, pointer, errors);
        return errors;
    }

    private static void collect(JsonNode node, String pointer, List<InputError> errors) {
        if (node.isNumber() && !isInRange(node)) {
            errors.add(new InputError(pointer, "It is beyond the range of numbers (a double's)."));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(
                            member ->
                                    collect(
                                            member.getValue(),
                                            InputError.pointer(pointer, member.getKey()),
                                            errors));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.path(i), pointer + "/" + i, errors);
            }
        }
    }

    private static boolean isInRange(JsonNode number) {
        double value = number.doubleValue();
        return Double.isFinite(value) && (value != 0 || number.decimalValue().signum() == 0);
    }
}
