package dev.statuswire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.json.NotJsonException;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.schema.InputError;
import dev.statuswire.schema.InputSchemas;
import dev.statuswire.schema.NumberRange;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.JsonConversion;
import dev.statuswire.sdk.Pace;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepKind;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The type under test, with what its environment offers. */
final class TestedType<I> {

    /** As many tokens as the API accepts in a body. */
    private static final int MAX_TOKENS = Request.MAX_INPUT_BYTES + 1024;

    private static final int MAX_ERRORS = 50;

    private final Supplier<? extends RequestType<I>> newType;
    private final Definition<I> definition;
    private final InputSchemas schemas;
    private final Map<Class<?>, Function<Effects, ?>> clients = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();

    /**
     * @param newType creates an object of the type, as a new process does
     * @throws dev.statuswire.sdk.InvalidTypeException if the definition breaks a rule
     */
    TestedType(Supplier<? extends RequestType<I>> newType) {
        this.newType = newType;
        this.definition = newType.get().define();
        this.schemas = new InputSchemas(RequestTypes.of(List.of(definition)));
        schemas.requireValidExamples();
    }

    /**
     * Returns a function that creates objects of the same class as {@code type}.
     *
     * @throws IllegalArgumentException if its only constructor is not one without parameters
     */
    static <I> Supplier<RequestType<I>> another(RequestType<I> type) {
        Constructor<?>[] constructors = type.getClass().getDeclaredConstructors();
        if (constructors.length != 1 || constructors[0].getParameterCount() != 0) {
            throw new IllegalArgumentException(
                    type.getClass().getName()
                            + " has other constructors than one without parameters, so say how to"
                            + " create it: StatuswireTest.withNew(() -> new …)");
        }
        return () -> newObject(type, constructors[0]);
    }

    @SuppressWarnings("unchecked") // the constructor is that of the type's class
    private static <I> RequestType<I> newObject(RequestType<I> type, Constructor<?> constructor) {
        try {
            constructor.setAccessible(true);
            return (RequestType<I>) constructor.newInstance();
        } catch (ReflectiveOperationException failed) {
            throw new IllegalArgumentException(
                    "could not create a " + type.getClass().getName(), failed);
        }
    }

    void client(Class<?> client, Function<Effects, ?> create) {
        clients.put(client, create);
    }

    void setting(String name, String value) {
        settings.put(name, value);
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Creates the fakes for one world. */
    Map<Class<?>, Object> newClients(Effects effects) {
        var created = new HashMap<Class<?>, Object>();
        clients.forEach((client, create) -> created.put(client, create.apply(effects)));
        return Map.copyOf(created);
    }

    Definition<I> definition() {
        return definition;
    }

    boolean isSlow() {
        return definition.pace() == Pace.SLOW;
    }

    /** Returns whether requests may run without a claim at their first delivery. */
    boolean mayRunUnclaimed() {
        return !isSlow()
                && definition.steps().size() == 1
                && definition.steps().get(0).kind() == StepKind.WORK;
    }

    /** Returns the definition of a new object of the type, as a new process sees it. */
    Definition<I> newDefinition() {
        return newType.get().define();
    }

    /**
     * Returns an input as the API stores it.
     *
     * @throws IllegalArgumentException if the API would refuse it
     */
    String json(I input) {
        return json(
                "input",
                input,
                Request.MAX_INPUT_BYTES,
                json -> schemas.errorsOf(definition.name(), json, "/input", MAX_ERRORS));
    }

    /**
     * Returns an answer as the API stores it.
     *
     * @param step one that waits for answers
     * @throws IllegalArgumentException if the API would refuse it
     */
    String answerJson(String step, Object answer) {
        return json(
                "answer",
                answer,
                StepState.MAX_OUTPUT_BYTES,
                json ->
                        schemas.answerErrorsOf(
                                definition.name(), step, json, "/answer", MAX_ERRORS));
    }

    private static String json(
            String what,
            Object value,
            int maxBytes,
            Function<JsonNode, Optional<List<InputError>>> errors) {
        String text = Json.write(JsonConversion.write(value));
        try {
            JsonNode json = Json.read(text, MAX_TOKENS);
            if (text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
                throw refused(what, "an " + what + " has at most " + maxBytes + " bytes");
            }
            requireNone(what, NumberRange.errorsOf(json, "/" + what, MAX_ERRORS));
            requireNone(what, errors.apply(json).orElseThrow());
            return text;
        } catch (NotJsonException invalid) {
            throw refused(what, invalid.reason().sentence());
        }
    }

    private static void requireNone(String what, List<InputError> errors) {
        if (!errors.isEmpty()) {
            throw refused(
                    what,
                    errors.stream()
                            .map(error -> error.pointer() + ": " + error.detail())
                            .collect(Collectors.joining("; ")));
        }
    }

    private static IllegalArgumentException refused(String what, String why) {
        return new IllegalArgumentException("the API would refuse this " + what + ": " + why);
    }

    /**
     * Returns {@code step}.
     *
     * @throws IllegalArgumentException if the type has no such step
     */
    String requireStep(String step) {
        if (!definition.stepNames().contains(step)) {
            throw new IllegalArgumentException(
                    "no step " + step + "; the steps are " + definition.stepNames());
        }
        return step;
    }

    /**
     * Returns the name under which the undo of {@code step} is recorded.
     *
     * @throws IllegalArgumentException if the type has no such step, or it has no undo
     */
    String requireUndo(String step) {
        String undo = Journal.undoOf(requireStep(step));
        if (!stepsAndUndos().contains(undo)) {
            throw new IllegalArgumentException("step " + step + " has no undo");
        }
        return undo;
    }

    /**
     * Returns {@code step}.
     *
     * @throws IllegalArgumentException if the type has no such step, or it waits for no answer
     */
    String requireAnswerable(String step) {
        if (!schemas.hasAnswer(definition.name(), requireStep(step))) {
            throw new IllegalArgumentException("step " + step + " never waits for an answer");
        }
        return step;
    }

    /** Returns the names of all steps, each followed by that of its undo, if it has one. */
    List<String> stepsAndUndos() {
        return definition.steps().stream()
                .flatMap(
                        step ->
                                step.hasUndo()
                                        ? Stream.of(step.name(), Journal.undoOf(step.name()))
                                        : Stream.of(step.name()))
                .toList();
    }
}
