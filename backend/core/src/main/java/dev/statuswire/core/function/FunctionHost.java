package dev.statuswire.core.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.metrics.Metrics;
import java.util.function.Supplier;

/**
 * Runs a function around its handler. The zips contain an implementation on their class path, which
 * provides structured logs, CloudWatch metrics and snapshots. {@link #NONE} leaves these to the
 * caller of the handler. Thread-safe.
 */
public interface FunctionHost {

    /** Adds nothing. */
    FunctionHost NONE = keeping(Metrics.NONE);

    /** Returns a host that provides {@code metrics} and adds nothing else. */
    static FunctionHost keeping(Metrics metrics) {
        return new MetricsOnlyHost(metrics);
    }

    /**
     * Returns the host of this process, which all its handlers share; {@link #NONE} if the class
     * path contains none.
     */
    static FunctionHost ofProcess() {
        return LoadedFunctionHost.HOST;
    }

    /** Returns the metrics of the handlers. */
    Metrics metrics();

    /**
     * Runs an invocation. Every handler handles its event through this method.
     *
     * @param event as Lambda deserialized it
     * @return the result of {@code invocation}; null for the {@linkplain SnapshotKeepAliveEvent
     *     event that keeps the function active}, for which {@code invocation} does not run
     */
    @SuppressWarnings("NullAway") // no caller reads the response to that event
    default <T> T handle(Object event, Context context, Supplier<T> invocation) {
        return SnapshotKeepAliveEvent.is(event) ? null : invoke(context, invocation);
    }

    /**
     * Runs an invocation of any event. Only {@link #handle} calls this method, one call at a time.
     * Throws what {@code invocation} throws.
     */
    <T> T invoke(Context context, Supplier<T> invocation);

    /**
     * Registers a call of {@code handler} to make once before a snapshot of the process, if one is
     * taken. The snapshot then contains the classes, the SDK client and the compiled code that the
     * first invocation needs. Metrics that the call records are discarded. If the call throws, the
     * exception is logged and the first invocations are slower.
     *
     * @param noOp an ordinary event of this handler that changes nothing outside the process,
     *     because the objects that it names do not exist
     */
    <E> void beforeSnapshot(RequestHandler<E, ?> handler, E noOp);
}
