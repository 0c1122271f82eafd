package dev.statuswire.processor.work;

import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.StepState;
import dev.statuswire.sdk.InvalidInputException;
import dev.statuswire.sdk.JsonConversion;
import dev.statuswire.sdk.TypeEnvironment;
import java.net.URI;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.jdk.platform.logging.SLF4JSystemLoggerFinder;

/** The context in which a step runs. Thread-safe. */
final class RunningStepContext<I> implements StoredRequestContext<I> {

    private final Request request;
    private final StepContexts<I> contexts;
    private final int index;
    private final boolean isUndo;
    private final Consumer<Progress> progress;
    private final BooleanSupplier cancelled;

    RunningStepContext(
            Request request,
            StepContexts<I> contexts,
            int index,
            boolean isUndo,
            Consumer<Progress> progress,
            BooleanSupplier cancelled) {
        this.request = request;
        this.contexts = contexts;
        this.index = index;
        this.isUndo = isUndo;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public I input() {
        return contexts.input();
    }

    @Override
    public <T> T output(String step, Class<T> type) {
        StepState finished =
                request.steps().stream()
                        .filter(state -> state.done() && state.name().equals(step))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "no step " + step + " has finished"));
        try {
            return JsonConversion.read(
                    Json.parse(String.valueOf(finished.output())).orElseThrow(), type);
        } catch (InvalidInputException misfit) {
            String output =
                    "null".equals(finished.output())
                            ? "the output of step " + step + " is null, so it"
                            : "the output of step " + step;
            throw new IllegalArgumentException(output + " is no " + type.getSimpleName(), misfit);
        }
    }

    @Override
    public String owner() {
        return request.key().owner();
    }

    @Override
    public String requestId() {
        return request.key().id();
    }

    @Override
    public String effectKey() {
        String key = effectKey(request.steps().get(index).name());
        return isUndo ? key + "/undo" : key;
    }

    @Override
    public String effectKey(String step) {
        return request.effectKey(step);
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
    public long fencingToken() {
        return request.fence();
    }

    @Override
    public void progress(int percent, String message) {
        progress.accept(Progress.within(index, request.steps().size(), percent, message));
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public URI link(String step) {
        return contexts.links().apply(request, step);
    }

    @Override
    public System.Logger log() {
        return TypeLoggers.BY_SLF4J.getLogger("type." + request.type(), getClass().getModule());
    }

    @Override
    public TypeEnvironment environment() {
        return contexts.environment();
    }

    /**
     * The loggers of the request types. {@code System.getLogger} would not find SLF4J on Lambda,
     * where the application's class loader is not the system's.
     */
    private static final class TypeLoggers {

        static final System.LoggerFinder BY_SLF4J = new SLF4JSystemLoggerFinder();
    }
}
