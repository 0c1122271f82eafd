package dev.statuswire.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.InputError;
import dev.statuswire.api.http.Problem;
import dev.statuswire.api.regex.TooExpensiveException;
import dev.statuswire.api.regex.ValidationBudget;
import dev.statuswire.api.schema.InvalidSchemaException;
import dev.statuswire.api.schema.Schema;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.InvalidTypeException;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.RequestTypes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The compiled schemas of the request types' inputs (JSON Schema draft 4). Immutable and
 * thread-safe.
 */
public final class InputSchemas {

    /** One more than a problem lists, so that the problem can report that there are more. */
    static final int MAX_ERRORS = Problem.MAX_ERRORS + 1;

    /**
     * Takes a few tenths of a second, and allows about 75 steps for each byte of the largest input.
     */
    private static final long BUDGET = 5_000_000;

    private final Map<String, Schema> byType;

    /**
     * Compiles the schemas of the {@code types} that clients can submit.
     *
     * @throws InvalidTypeException if a schema is invalid; the message contains the type and the
     *     reason
     */
    public InputSchemas(RequestTypes types) {
        byType =
                types.offered().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        RequestType::name, InputSchemas::compiled));
    }

    private static Schema compiled(RequestType type) {
        try {
            return Schema.of(Json.parse(type.inputSchema()).orElseThrow());
        } catch (InvalidSchemaException invalid) {
            throw new InvalidTypeException(
                    type.name(), "its schema is invalid at " + invalid.getMessage());
        }
    }

    boolean know(String type) {
        return byType.containsKey(type);
    }

    /**
     * Returns the errors in {@code input}, at most {@value #MAX_ERRORS}. An input that is too
     * expensive to validate has only that error, regardless of which part of the schema exhausts
     * the budget.
     *
     * @param type one that is {@linkplain #know known}
     * @param pointer the pointer to the input
     */
    public List<InputError> errorsOf(String type, JsonNode input, String pointer) {
        Schema schema = byType.get(type);
        if (schema == null) {
            throw new IllegalArgumentException("no schema for type " + type);
        }
        try {
            return schema.errorsOf(input, pointer, new ValidationBudget(BUDGET), MAX_ERRORS);
        } catch (TooExpensiveException undecided) {
            return List.of(
                    InputError.about(
                            pointer,
                            "input",
                            "is too expensive to validate; send fewer values or shorter strings"));
        }
    }
}
