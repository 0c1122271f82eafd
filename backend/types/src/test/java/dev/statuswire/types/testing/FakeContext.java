package dev.statuswire.types.testing;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.TypeEnvironment;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The context of a step without a processor. Thread-safe. */
public final class FakeContext<I> implements StepContext<I> {

    private final RequestKey key;
    private final String step;
    private final I input;
    private final TypeEnvironment environment;
    private final Queue<Progress> progress = new ConcurrentLinkedQueue<>();

    FakeContext(RequestKey key, String step, I input, TypeEnvironment environment) {
        this.key = key;
        this.step = step;
        this.input = input;
        this.environment = environment;
    }

    /** Returns the progress that the step has reported, in order. */
    public List<Progress> said() {
        return List.copyOf(progress);
    }

    @Override
    public I input() {
        return input;
    }

    @Override
    public <T> T output(String earlier, Class<T> type) {
        throw new IllegalArgumentException("no step " + earlier + " has finished");
    }

    @Override
    public String owner() {
        return key.owner();
    }

    @Override
    public String requestId() {
        return key.id();
    }

    @Override
    public String effectKey() {
        return effectKey(step);
    }

    @Override
    public String effectKey(String other) {
        return String.join("/", key.owner(), key.id(), "life-1", other);
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
    public long fencingToken() {
        return 1;
    }

    @Override
    public void progress(int percent, String message) {
        progress.add(new Progress(percent, message));
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public URI link(String answered) {
        return URI.create("https://work.example.org/l/" + answered);
    }

    @Override
    public System.Logger log() {
        return System.getLogger(step);
    }

    @Override
    public TypeEnvironment environment() {
        return environment;
    }
}
