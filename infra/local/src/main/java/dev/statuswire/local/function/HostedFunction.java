package dev.statuswire.local.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A registered function: JSON in, JSON out, and no more runs at once than it may. */
final class HostedFunction<I, O> {

    private static final Logger log = LoggerFactory.getLogger(HostedFunction.class);

    private final FunctionRuntime<I, O> runtime;
    private final Semaphore permits;

    HostedFunction(LocalFunction<I, O> function, InstantSource steady) {
        runtime = new FunctionRuntime<>(function, steady);
        permits = new Semaphore(function.concurrency(), true);
    }

    /**
     * What a run gave.
     *
     * @param failed a function error; the payload describes it
     */
    record Answer(String payload, boolean failed) {}

    String name() {
        return runtime.function().name();
    }

    /** Whoever gets leave to run must {@link #release} it. */
    boolean tryAcquire() {
        return permits.tryAcquire();
    }

    void acquire() throws InterruptedException {
        permits.acquire();
    }

    void release() {
        permits.release();
    }

    /** Runs it to its end and blocks meanwhile. */
    Answer run(String payload, String requestId) {
        try {
            I input = Payloads.read(payload, runtime.function().input());
            return switch (runtime.invoke(input, requestId)) {
                case Invocation.Returned<O>(O output) -> new Answer(Payloads.write(output), false);
                case Invocation.Failed<O>(Throwable error) -> failed(error, requestId);
            };
        } catch (RuntimeException e) {
            return failed(e, requestId);
        }
    }

    private Answer failed(Throwable error, String requestId) {
        log.warn("{} {} failed", name(), requestId, error);
        return new Answer(describe(error).toString(), true);
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Lambda
     *     function errors in Java</a>
     */
    private static ObjectNode describe(Throwable error) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("errorMessage", error.getMessage()).put("errorType", error.getClass().getName());
        ArrayNode trace = json.putArray("stackTrace");
        for (StackTraceElement frame : error.getStackTrace()) {
            trace.add(frame.toString());
        }
        return json;
    }
}
