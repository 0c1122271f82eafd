package dev.statuswire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.testkit.Effects.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param effects what each step has done, by its name, in the order of the steps; what its undo has
 *     done, by the name of the undo
 * @param thrown what a step threw last; null if none has
 */
record Outcome(Request request, Map<String, List<Effect>> effects, @Nullable Throwable thrown) {

    /** What differs between two outcomes. */
    enum Part {
        MORE_EFFECTS("more effects"),
        OTHER_EFFECTS("other effects"),
        OUTPUT("another output"),
        STATUS("another end");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /**
     * The first difference between two outcomes of the same request.
     *
     * @param step the step that had another effect, output or error
     */
    record Difference(String step, Part part, String expected, String actual) {}

    /** Returns how this outcome differs from the expected one; empty if it does not. */
    Optional<Difference> from(Outcome expected) {
        return effects.keySet().stream()
                .filter(step -> !step.equals(failedStep() + "/undo"))
                .flatMap(step -> from(expected, step).stream())
                .findFirst()
                .or(() -> statusFrom(expected, lastStep()));
    }

    private Optional<Difference> from(Outcome expected, String step) {
        List<Effect> expectedEffects = expected.effects.getOrDefault(step, List.of());
        List<Effect> actualEffects = effects.getOrDefault(step, List.of());
        if (!texts(actualEffects).equals(texts(expectedEffects))) {
            return Optional.of(
                    new Difference(
                            step,
                            actualEffects.size() > expectedEffects.size()
                                    ? Part.MORE_EFFECTS
                                    : Part.OTHER_EFFECTS,
                            expectedEffects.toString(),
                            actualEffects.toString()));
        }
        String output = output(step);
        String expectedOutput = expected.output(step);
        if (output == null || expectedOutput == null) {
            return Objects.equals(output, expectedOutput)
                    ? Optional.empty()
                    : statusFrom(expected, step);
        }
        return isSame(output, expectedOutput)
                ? Optional.empty()
                : Optional.of(new Difference(step, Part.OUTPUT, expectedOutput, output));
    }

    private static List<String> texts(List<Effect> effects) {
        return effects.stream()
                .map(effect -> MemoryLinks.withoutSecrets(effect.what()))
                .sorted()
                .toList();
    }

    private static boolean isSame(String one, String other) {
        return Json.same(parsed(one), parsed(other));
    }

    private static JsonNode parsed(String output) {
        return Json.parse(MemoryLinks.withoutSecrets(output)).orElseThrow();
    }

    private Optional<Difference> statusFrom(Outcome expected, String step) {
        return status().equals(expected.status())
                ? Optional.empty()
                : Optional.of(new Difference(step, Part.STATUS, expected.toString(), toString()));
    }

    private String lastStep() {
        return Stream.of(request.error())
                .flatMap(Stream::ofNullable)
                .map(RequestError::step)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .or(() -> request.steps().stream().map(StepState::name).reduce((a, last) -> last))
                .orElse("");
    }

    private List<String> status() {
        RequestError error = request.error();
        List<String> undone = undone().stream().filter(it -> !it.equals(failedStep())).toList();
        return List.of(
                request.status().name(), error == null ? "" : error.code(), undone.toString());
    }

    /**
     * Returns the step that has failed the request. It is undone only if a crash has interrupted an
     * earlier run of it, so its undo is not compared.
     */
    private String failedStep() {
        RequestError error = request.error();
        return error == null || error.step() == null ? "" : error.step();
    }

    /** Returns the names of the steps that were undone, in the order in which they were. */
    List<String> undone() {
        var names = new ArrayList<String>();
        request.steps().stream()
                .filter(step -> step.status() == StepStatus.UNDONE)
                .forEach(step -> names.add(0, step.name()));
        return List.copyOf(names);
    }

    /** Returns the stored output of a step; null if there is none. */
    private @Nullable String output(String step) {
        return request.steps().stream()
                .filter(state -> state.name().equals(step))
                .map(StepState::output)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        RequestError error = request.error();
        return request.status()
                + (request.status() == Status.WAITING
                        ? " for step " + World.stepThatWaits(request)
                        : "")
                + (error == null ? "" : " with the error " + error.code() + ": " + error.message())
                + (undone().isEmpty() ? "" : "; undone steps: " + undone());
    }
}
