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
import dev.statuswire.sdk.StepDefinition;
import dev.statuswire.sdk.StepKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The compiled schemas of the request types' inputs, and of the answers that their steps wait for
 * (JSON Schema draft 4). Thread-safe. If the types are replaced, their schemas are compiled again
 * on the next use.
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
    private record Compiled(
            long version,
            Map<String, TypeSchema> byType,
            Map<String, Map<String, TypeSchema>> answersByType) {}

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
                                        Definition::name, InputSchemas::compiled)),
                types.all().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Definition::name, InputSchemas::answers)));
    }

    private Map<String, TypeSchema> byType() {
        return current().byType();
    }

    private Compiled current() {
        Compiled now = newest;
        if (now.version() != types.version()) {
            now = compiled(types);
            newest = now;
        }
        return now;
    }

    private static TypeSchema compiled(Definition<?> type) {
        try {
            JsonNode json =
                    type.schema()
                            .map(text -> Json.parse(text).orElseThrow())
                            .orElseGet(() -> derived(type.inputType()));
            return new TypeSchema(json, Schema.of(json));
        } catch (InvalidSchemaException invalid) {
            throw new InvalidTypeException(
                    type.name(), "its schema is invalid at " + invalid.getMessage());
        }
    }

    /** Returns the schemas of the answers that the steps of a type wait for, by step. */
    private static Map<String, TypeSchema> answers(Definition<?> type) {
        var schemas = new LinkedHashMap<String, TypeSchema>();
        for (StepDefinition<?, ?> step : type.steps()) {
            if (step.kind() == StepKind.ANSWER) {
                schemas.put(step.name(), answer(type.name(), step));
            }
        }
        return schemas;
    }

    private static TypeSchema answer(String type, StepDefinition<?, ?> step) {
        try {
            JsonNode json =
                    JsonNode.class.isAssignableFrom(step.outputType())
                            ? Json.MAPPER.createObjectNode()
                            : derived(step.outputType());
            return new TypeSchema(json, Schema.of(json));
        } catch (InvalidSchemaException | InvalidTypeException invalid) {
            throw new InvalidTypeException(
                    type,
                    "the answer to its step %s has no valid schema: %s"
                            .formatted(step.name(), invalid.getMessage()));
        }
    }

    private static JsonNode derived(Class<?> type) {
        JsonNode schema = InputTypeSchema.of(type);
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
     * Checks that the example of each type matches its schema, that steps can read it, and that
     * each default answer matches the schema of its step.
     *
     * @throws InvalidTypeException if one does not; the message contains the type and the reason
     */
    public void requireValidExamples() {
        for (Definition<?> type : types.offered()) {
            requireValidExample(type, find(type.name()));
            type.steps().forEach(step -> requireValidDefault(type.name(), step));
        }
    }

    private void requireValidDefault(String type, StepDefinition<?, ?> step) {
        step.defaultAnswer()
                .flatMap(answer -> answerErrorsOf(type, step.name(), answer, "", ONE_ERROR))
                .flatMap(errors -> errors.stream().findFirst())
                .ifPresent(
                        error -> {
                            throw new InvalidTypeException(
                                    type,
                                    "the default answer of its step %s does not match its schema: %s"
                                            .formatted(step.name(), error.detail()));
                        });
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

    /** Returns whether a step of a type waits for answers. */
    public boolean hasAnswer(String type, String step) {
        return answersOf(type).containsKey(step);
    }

    /**
     * Returns the schemas of the answers that the steps of a type wait for, as JSON, by step; empty
     * if there is no such type. Do not change them.
     */
    public Map<String, JsonNode> answersJson(String type) {
        var json = new LinkedHashMap<String, JsonNode>();
        answersOf(type).forEach((step, schema) -> json.put(step, schema.json()));
        return json;
    }

    /**
     * Returns the errors in {@code answer}, like {@link #errorsOf}. Empty if no step with this name
     * waits for answers.
     *
     * @param pointer the pointer to the answer
     * @param max the maximum number of errors to return
     */
    public Optional<List<InputError>> answerErrorsOf(
            String type, String step, JsonNode answer, String pointer, int max) {
        return Optional.ofNullable(answersOf(type).get(step))
                .map(schema -> errors(schema, answer, pointer, max));
    }

    private Map<String, TypeSchema> answersOf(String type) {
        return current().answersByType().getOrDefault(type, Map.of());
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
