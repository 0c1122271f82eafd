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
 * The schemas of the request types' inputs (JSON Schema draft 4), compiled once. Immutable and
 * thread-safe.
 */
public final class InputSchemas {

    /** One more than a problem lists, so that it can say that there are more. */
    static final int MAX_ERRORS = Problem.MAX_ERRORS + 1;

    /** Some tenths of a second. The largest input leaves 75 steps for each of its bytes. */
    private static final long BUDGET = 5_000_000;

    private final Map<String, Schema> byType;

    /**
     * Compiles those of the {@code types} that are offered.
     *
     * @throws InvalidTypeException if one of them is not a schema; the message says which and why
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
     * Returns what is wrong with {@code input}, at most {@value #MAX_ERRORS} things. An input that
     * takes too long to validate has that one error, wherever in the schema the time goes.
     *
     * @param type one that is {@linkplain #know known}
     * @param pointer the pointer to the input
     */
    public List<InputError> errorsOf(String type, JsonNode input, String pointer) {
        Schema schema = byType.get(type);
        if (schema == null) {
            throw new IllegalArgumentException("no schema of " + type);
        }
        try {
            return schema.errorsOf(input, pointer, new ValidationBudget(BUDGET), MAX_ERRORS);
        } catch (TooExpensiveException undecided) {
            return List.of(
                    new InputError(
                            pointer,
                            "is too expensive to validate; send fewer values or shorter texts"));
        }
    }
}
