package dev.statuswire.emulator.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls a handler and waits for it up to the integration timeout. A handler that takes longer keeps
 * running, and its result is ignored, as on AWS. Thread-safe if the handler is; blocks the caller,
 * which is a virtual thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">Quotas:
 *     integration timeout</a>
 */
final class LambdaInvoker<I, O> {

    /** The outcome of a call. */
    sealed interface Outcome<O> {

        /** The handler returned; {@code output} is empty if it returned null. */
        record Returned<O>(Optional<O> output) implements Outcome<O> {}

        record Threw<O>(Throwable cause) implements Outcome<O> {}

        record TimedOut<O>() implements Outcome<O> {}
    }

    private final RequestHandler<I, O> handler;
    private final Executor executor;
    private final Duration timeout;
    private final Supplier<Context> contexts;

    LambdaInvoker(
            RequestHandler<I, O> handler,
            Executor executor,
            Duration timeout,
            Supplier<Context> contexts) {
        this.handler = handler;
        this.executor = executor;
        this.timeout = timeout;
        this.contexts = contexts;
    }

    Outcome<O> invoke(I event) {
        Context context = contexts.get();
        FutureTask<Optional<O>> call =
                new FutureTask<>(() -> Optional.ofNullable(handler.handleRequest(event, context)));
        try {
            executor.execute(call);
            return new Outcome.Returned<>(call.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException thrown) {
            return new Outcome.Threw<>(thrown.getCause() == null ? thrown : thrown.getCause());
        } catch (TimeoutException late) {
            return new Outcome.TimedOut<>();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Outcome.Threw<>(stopping);
        }
    }
}
