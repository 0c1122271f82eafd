package dev.statuswire.emulator.function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A registered function, invoked with JSON and up to its concurrency limit. */
final class RegisteredFunction<I, O> {

    private static final Logger log = LoggerFactory.getLogger(RegisteredFunction.class);

    /** In bytes: 6 MB plus a small margin that Lambda allows. */
    private static final int LARGEST_RESPONSE = 6_291_556;

    private final FunctionRuntime<I, O> runtime;
    private final Semaphore permits;

    RegisteredFunction(FunctionDefinition<I, O> function, InstantSource steady) {
        runtime = new FunctionRuntime<>(function, steady);
        permits = new Semaphore(function.concurrency(), true);
    }

    /**
     * The result of an invocation.
     *
     * @param payload the output, or a description of the function error
     * @param failed whether it is a function error
     */
    record Result(String payload, boolean failed) {}

    String name() {
        return runtime.function().name();
    }

    /** Takes a permit to run if one is free. The caller must {@link #release} it. */
    boolean tryAcquire() {
        return permits.tryAcquire();
    }

    /** Waits in order for a permit, at most {@code longest}. Returns whether it took one. */
    boolean acquire(Duration longest) throws InterruptedException {
        return permits.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    void release() {
        permits.release();
    }

    /** Invokes the function and blocks until it finishes. */
    Result run(String payload, String requestId) {
        try (var _ = MDC.putCloseable(LogTails.REQUEST_ID, requestId)) {
            I input = Payloads.read(payload, runtime.function().input());
            return switch (runtime.invoke(input, requestId)) {
                case Invocation.Returned<O>(O output) -> returned(Payloads.write(output));
                case Invocation.Failed<O>(FunctionTimeoutException late) ->
                        failed(late, timedOut(late, requestId), requestId);
                case Invocation.Failed<O>(Throwable error) ->
                        failed(error, describe(error), requestId);
            };
        } catch (RuntimeException e) {
            return failed(e, describe(e), requestId);
        }
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
     *     quotas</a>: 6 MB for the response as well
     */
    private static Result returned(String payload) {
        if (payload.getBytes(StandardCharsets.UTF_8).length <= LARGEST_RESPONSE) {
            return new Result(payload, false);
        }
        String message =
                "Response payload size exceeded maximum allowed payload size (%d bytes)."
                        .formatted(LARGEST_RESPONSE);
        return new Result(error("Function.ResponseSizeTooLarge", message).toString(), true);
    }

    private Result failed(Throwable error, ObjectNode description, String requestId) {
        log.warn("{} {} failed", name(), requestId, error);
        return new Result(description.toString(), true);
    }

    private static ObjectNode timedOut(FunctionTimeoutException late, String requestId) {
        return error(
                "Sandbox.Timedout", "RequestId: " + requestId + " Error: " + late.getMessage());
    }

    private static ObjectNode error(String type, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("errorType", type)
                .put("errorMessage", message);
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
