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
 * Runs a function as Lambda's runtime does: with a context, and no longer than its timeout. Lambda
 * then kills the process; here the function's thread is interrupted, gets a little time to end, and
 * is left behind if it does not.
 *
 * <p>Thread-safe. How many run at once is the caller's business.
 *
 * @param <I> the function's input
 * @param <O> the function's output
 */
public final class FunctionRuntime<I, O> {

    private static final Logger log = LoggerFactory.getLogger(FunctionRuntime.class);
    private static final Duration TIME_TO_END = Duration.ofSeconds(2);

    private final LocalFunction<I, O> function;
    private final InstantSource steady;

    /**
     * @param steady measures the time that remains of an invocation
     */
    public FunctionRuntime(LocalFunction<I, O> function, InstantSource steady) {
        this.function = function;
        this.steady = steady;
    }

    public LocalFunction<I, O> function() {
        return function;
    }

    /**
     * Runs it to its end and blocks meanwhile. Never throws: an interrupt of the caller is handed
     * to the function, kept, and answered with {@link Failed}.
     */
    public Invocation<O> invoke(@Nullable I input, String requestId) {
        LocalContext context = new LocalContext(function, requestId, steady);
        FutureTask<O> run =
                new FutureTask<>(
                        () -> {
                            MDC.put(LogTails.REQUEST_ID, requestId); // it ends with the thread
                            return function.handler().handleRequest(input, context);
                        });
        Thread thread = Thread.ofVirtual().name(function.name() + "-" + requestId).start(run);
        try {
            return new Returned<>(run.get(function.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return new Failed<>(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            end(thread, requestId);
            return new Failed<>(new FunctionTimeoutException(function.timeout()));
        } catch (InterruptedException e) {
            end(thread, requestId);
            Thread.currentThread().interrupt();
            return new Failed<>(e);
        }
    }

    private void end(Thread thread, String requestId) {
        thread.interrupt();
        try {
            if (!thread.join(TIME_TO_END)) {
                log.error(
                        "{} {} does not end when interrupted; it is left running",
                        function.name(),
                        requestId);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
