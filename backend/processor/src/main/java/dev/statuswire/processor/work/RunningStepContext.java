package dev.statuswire.processor.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.type.StepContext;
import dev.statuswire.core.type.StepFailed;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The context in which a step runs. Thread-safe. */
final class RunningStepContext implements StepContext {

    private static final ObjectReader READER =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Request request;
    private final JsonNode input;
    private final int index;
    private final Consumer<Progress> progress;
    private final BooleanSupplier cancelled;

    RunningStepContext(
            Request request,
            JsonNode input,
            int index,
            Consumer<Progress> progress,
            BooleanSupplier cancelled) {
        this.request = request;
        this.input = input;
        this.index = index;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public JsonNode input() {
        return input;
    }

    @Override
    public <T> T input(Class<T> type) throws StepFailed {
        try {
            return READER.treeToValue(input, type);
        } catch (JsonMappingException misfit) {
            throw invalid(" at " + path(misfit));
        } catch (JsonProcessingException misfit) {
            throw invalid("");
        }
    }

    private static StepFailed invalid(String where) {
        return new StepFailed(
                StepErrors.INVALID_INPUT,
                "The input is invalid for this request type"
                        + where
                        + ". Submit a new request with a corrected input.");
    }

    private static String path(JsonMappingException misfit) {
        return misfit.getPath().stream()
                .map(
                        place ->
                                place.getFieldName() == null
                                        ? String.valueOf(place.getIndex())
                                        : place.getFieldName())
                .collect(Collectors.joining("/", "/", ""));
    }

    @Override
    public Optional<JsonNode> output(String step) {
        return request.steps().stream()
                .filter(state -> state.done() && state.name().equals(step))
                .map(StepState::output)
                .flatMap(output -> Json.parse(String.valueOf(output)).stream())
                .findFirst();
    }

    @Override
    public String effectKey() {
        return request.effectKey(request.steps().get(index).name());
    }

    @Override
    public int attempt() {
        return request.attempt();
    }

    @Override
    public int failures() {
        return request.failures();
    }

    @Override
    public void progress(int percent, String message) {
        progress.accept(Progress.within(index, request.steps().size(), percent, message));
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }
}
