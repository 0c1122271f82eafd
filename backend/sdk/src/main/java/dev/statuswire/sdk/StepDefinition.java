package dev.statuswire.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * One step of a {@link Definition}. Immutable.
 *
 * @param <I> the type of the request's input
 * @param <O> the type of the step's output
 */
public final class StepDefinition<I, O> {

    private final String name;
    private final Class<O> outputType;
    private final StepWork<I, O> work;
    private final Retry retry;
    private final Duration timeLimit;

    StepDefinition(
            String name,
            Class<O> outputType,
            StepWork<I, O> work,
            Retry retry,
            Duration timeLimit) {
        this.name = name;
        this.outputType = outputType;
        this.work = work;
        this.retry = retry;
        this.timeLimit = timeLimit;
    }

    /** {@return the step's name, which is unique within the type} */
    public String name() {
        return name;
    }

    /** {@return the type of the step's output} */
    public Class<O> outputType() {
        return outputType;
    }

    /** {@return how transient failures of the step are retried} */
    public Retry retry() {
        return retry;
    }

    /** {@return how long one run may take} A longer run is a transient failure. */
    public Duration timeLimit() {
        return timeLimit;
    }

    /**
     * Runs the step once. Statuswire calls this. Meanwhile, the context class loader of the thread
     * is that of the step's code, so that its libraries find the resources of its jars.
     *
     * @param context the request, and what the step may report
     * @return the step's output as JSON
     * @throws Exception whatever the step throws
     * @throws IllegalArgumentException if the output cannot be written as JSON
     */
    public JsonNode run(StepContext<I> context) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(work.getClass().getClassLoader());
        try {
            return JsonConversion.write(work.run(context));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
