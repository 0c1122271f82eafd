package dev.statuswire.emulator.function;

import dev.statuswire.emulator.function.Invocation.Failed;
import dev.statuswire.emulator.function.Invocation.Returned;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs a function as Lambda's runtime does, with a context and a timeout. On a timeout, Lambda
 * kills the process. This class interrupts the function's thread, gives it a short time to stop,
 * and otherwise leaves it running.
 *
 * <p>Thread-safe. The caller limits the concurrency.
 *
 * @param <I> the function's input
 * @param <O> the function's output
 */
public final class FunctionRuntime<I, O> {

    private static final Logger log = LoggerFactory.getLogger(FunctionRuntime.class);
    private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(2);

    private final FunctionDefinition<I, O> function;
    private final InstantSource steady;

    /**
     * @param steady measures the remaining time of an invocation
     */
    public FunctionRuntime(FunctionDefinition<I, O> function, InstantSource steady) {
        this.function = function;
        this.steady = steady;
    }

    public FunctionDefinition<I, O> function() {
        return function;
    }

    /**
     * Invokes the function and blocks until it finishes. Never throws. If the caller is
     * interrupted, the function is interrupted, the result is {@link Failed}, and the caller stays
     * interrupted.
     */
    public Invocation<O> invoke(@Nullable I input, String requestId) {
        LocalContext context = new LocalContext(function, requestId, steady);
        FutureTask<O> run =
                new FutureTask<>(
                        () -> {
                            MDC.put(LogTails.REQUEST_ID, requestId); // removed when the thread ends
                            return function.handler().handleRequest(input, context);
                        });
        Thread thread = Thread.ofVirtual().name(function.name() + "-" + requestId).start(run);
        try {
            return new Returned<>(run.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return new Failed<>(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            interrupt(thread, requestId);
            return new Failed<>(new FunctionTimeoutException(function.timeout()));
        } catch (InterruptedException e) {
            interrupt(thread, requestId);
            Thread.currentThread().interrupt();
            return new Failed<>(e);
        }
    }

    private void interrupt(Thread thread, String requestId) {
        thread.interrupt();
        try {
            if (!thread.join(INTERRUPT_TIMEOUT)) {
                log.error(
                        "{} {} did not stop when interrupted; leaving it running",
                        function.name(),
                        requestId);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
