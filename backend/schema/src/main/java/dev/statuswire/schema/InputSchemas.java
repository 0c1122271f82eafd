package dev.statuswire.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.schema.regex.TooExpensiveException;
import dev.statuswire.schema.regex.ValidationBudget;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidInputException;
import dev.statuswire.sdk.InvalidTypeException;
import dev.statuswire.sdk.JsonConversion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The compiled schemas of the request types' inputs (JSON Schema draft 4). Thread-safe. If the
 * types are replaced, their schemas are compiled again on the next use.
 */
public final class InputSchemas {

    /**
     * Takes a few tenths of a second, and allows about 75 steps for each byte of the largest input.
     */
    private static final long BUDGET = 5_000_000;

    /** Enough to find an error in an example. */
    private static final int ONE_ERROR = 1;

    private final RequestTypes types;
    private volatile Compiled newest;

    private record TypeSchema(JsonNode json, Schema compiled) {}

    /** The schemas of one version of the types. */
    private record Compiled(long version, Map<String, TypeSchema> byType) {}

    /**
     * Compiles the schemas of the {@code types} that clients can submit.
     *
     * @throws InvalidTypeException if a schema is invalid; the message contains the type and the
     *     reason
     */
    public InputSchemas(RequestTypes types) {
        this.types = types;
        this.newest = compiled(types);
    }

    private static Compiled compiled(RequestTypes types) {
        return new Compiled(
                types.version(),
                types.offered().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Definition::name, InputSchemas::compiled)));
    }

    private Map<String, TypeSchema> byType() {
        Compiled now = newest;
        if (now.version() != types.version()) {
            now = compiled(types);
            newest = now;
        }
        return now.byType();
    }

    private static TypeSchema compiled(Definition<?> type) {
        try {
            JsonNode json =
                    type.schema()
                            .map(text -> Json.parse(text).orElseThrow())
                            .orElseGet(() -> derived(type));
            return new TypeSchema(json, Schema.of(json));
        } catch (InvalidSchemaException invalid) {
            throw new InvalidTypeException(
                    type.name(), "its schema is invalid at " + invalid.getMessage());
        }
    }

    private static JsonNode derived(Definition<?> type) {
        JsonNode schema = InputTypeSchema.of(type.inputType());
        ComponentDefaults.check(schema);
        return schema;
    }

    private static void requireValidExample(Definition<?> type, TypeSchema schema) {
        JsonNode example = JsonConversion.write(type.example());
        for (InputError error : errors(schema, example, "", ONE_ERROR)) {
            throw new InvalidTypeException(
                    type.name(), "its example does not match its schema: " + error.detail());
        }
        try {
            JsonConversion.read(example, type.inputType());
        } catch (InvalidInputException misfit) {
            throw new InvalidTypeException(
                    type.name(),
                    "its example, written as JSON, cannot be read as %s: %s"
                            .formatted(type.inputType().getTypeName(), reason(misfit)));
        }
    }

    private static String reason(InvalidInputException misfit) {
        String reason =
                misfit.getCause() instanceof JsonProcessingException cause
                        ? cause.getOriginalMessage()
                        : String.valueOf(misfit.getMessage());
        return misfit.pointer().isEmpty() ? reason : misfit.pointer() + ": " + reason;
    }

    /**
     * Checks that the example of each type matches its schema, and that steps can read it.
     *
     * @throws InvalidTypeException if one does not; the message contains the type and the reason
     */
    public void requireValidExamples() {
        for (Definition<?> type : types.offered()) {
            requireValidExample(type, find(type.name()));
        }
    }

    /** Returns whether clients can submit requests of this type. */
    public boolean know(String type) {
        return byType().containsKey(type);
    }

    /**
     * Returns the schema of a type, as JSON. Do not change it.
     *
     * @param type one that is {@linkplain #know known}
     */
    public JsonNode json(String type) {
        return find(type).json();
    }

    /**
     * Returns the errors in {@code input}. An input that is too expensive to validate has only that
     * error, regardless of which part of the schema exhausts the budget. Empty if the type is not
     * {@linkplain #know known}; it may have been removed a moment ago.
     *
     * @param pointer the pointer to the input
     * @param max the maximum number of errors to return
     */
    public Optional<List<InputError>> errorsOf(
            String type, JsonNode input, String pointer, int max) {
        return Optional.ofNullable(byType().get(type))
                .map(schema -> errors(schema, input, pointer, max));
    }

    private TypeSchema find(String type) {
        TypeSchema schema = byType().get(type);
        if (schema == null) {
            throw new IllegalArgumentException("no schema for type " + type);
        }
        return schema;
    }

    private static List<InputError> errors(
            TypeSchema schema, JsonNode input, String pointer, int max) {
        try {
            return schema.compiled().errorsOf(input, pointer, new ValidationBudget(BUDGET), max);
        } catch (TooExpensiveException undecided) {
            return List.of(
                    InputError.about(
                            pointer,
                            "input",
                            "is too expensive to validate; send fewer values or shorter strings"));
        }
    }
}
