package dev.statuswire.types.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.type.StepContext;
import dev.statuswire.core.type.StepFailed;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The context of a step without a processor. The request belongs to {@code ada} unless a test
 * specifies another owner. Thread-safe.
 */
public final class FakeContext implements StepContext {

    private final RequestKey key;
    private final String step;
    private final String input;
    private final String life = "life-1";
    private final Queue<Progress> progress = new ConcurrentLinkedQueue<>();

    public FakeContext(String id, String step, String input) {
        this(new RequestKey("ada", id), step, input);
    }

    /** Creates the context of a step of any owner's request. */
    public FakeContext(RequestKey key, String step, String input) {
        this.key = key;
        this.step = step;
        this.input = input;
    }

    /** Returns the progress that the step has reported, in order. */
    public List<Progress> said() {
        return List.copyOf(progress);
    }

    @Override
    public Request request() {
        return new Request(
                key,
                life,
                1,
                "t",
                input,
                Status.RUNNING,
                Status.RUNNING.name(),
                2,
                1,
                1,
                0,
                List.of(),
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null);
    }

    @Override
    public JsonNode input() {
        return Json.parse(input).orElseThrow();
    }

    @Override
    public <T> T input(Class<T> type) throws StepFailed {
        try {
            return Json.MAPPER.treeToValue(input(), type);
        } catch (JsonProcessingException misfit) {
            throw new StepFailed("invalid-input", misfit.getOriginalMessage());
        }
    }

    @Override
    public Optional<JsonNode> output(String earlier) {
        return Optional.empty();
    }

    @Override
    public String effectKey() {
        return request().effectKey(step);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public int failures() {
        return 0;
    }

    @Override
    public void progress(int percent, String message) {
        progress.add(new Progress(percent, message));
    }

    @Override
    public boolean cancelled() {
        return false;
    }
}
