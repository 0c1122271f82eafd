package dev.statuswire.core.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.metrics.Metrics;
import java.util.function.Supplier;

/**
 * What runs a function around its handler. In a zip it is found on the class path: structured logs,
 * metrics for CloudWatch, snapshots. {@link #NONE} leaves all that to the caller of the handler.
 * Thread-safe.
 */
public interface FunctionHost {

    /** Adds nothing. */
    FunctionHost NONE = keeping(Metrics.NONE);

    /** Adds nothing but {@code metrics}. */
    static FunctionHost keeping(Metrics metrics) {
        return new PlainFunctionHost(metrics);
    }

    /**
     * That of this process, one for all its handlers; {@link #NONE} where the class path has none.
     */
    static FunctionHost ofProcess() {
        return LoadedFunctionHost.HOST;
    }

    /** Where the handlers' metrics go. */
    Metrics metrics();

    /**
     * Runs an invocation. Every handler handles its event through this method.
     *
     * @param event as Lambda deserialized it
     * @return what {@code invocation} returns; null for the {@linkplain KeepActiveEvent event that
     *     keeps the function active}, for which {@code invocation} does not run
     */
    @SuppressWarnings("NullAway") // nobody reads the response to that event
    default <T> T handle(Object event, Context context, Supplier<T> invocation) {
        return KeepActiveEvent.is(event) ? null : invoke(context, invocation);
    }

    /**
     * Runs an invocation of any event; for {@link #handle}. Throws what it throws. One at a time.
     */
    <T> T invoke(Context context, Supplier<T> invocation);

    /**
     * Has {@code handler} called once before a snapshot of the process is taken, if one ever is.
     * The snapshot then contains the classes, the SDK client and the compiled code that the first
     * invocation needs. Metrics that the call records are discarded. A call that throws is logged
     * and stops nothing: the first invocations are slower.
     *
     * @param noOp an ordinary event of this handler that changes nothing outside of the process:
     *     what it names does not exist
     */
    <E> void beforeSnapshot(RequestHandler<E, ?> handler, E noOp);
}
