package dev.statuswire.core.function;

import com.amazonaws.services.lambda.runtime.Context;
import dev.statuswire.core.metrics.Metrics;
import java.util.function.Supplier;

/**
 * Whatever a function runs in. In a zip it is found on the class path: structured logs, figures for
 * CloudWatch, snapshots. On one machine there is none, and its owner does all that. Thread-safe.
 */
public interface FunctionHost {

    /** Adds nothing. */
    FunctionHost NONE = keeping(Metrics.NONE);

    /** Adds nothing but where figures go. */
    static FunctionHost keeping(Metrics metrics) {
        return new NoHost(metrics);
    }

    /**
     * That of this process, one for all its handlers; {@link #NONE} where the class path has none.
     */
    static FunctionHost ofProcess() {
        return Found.HOST;
    }

    /** Where the handlers' figures go. */
    Metrics metrics();

    /**
     * Runs an invocation. Every handler handles its event through this method.
     *
     * @param event as Lambda deserialized it
     * @return what {@code invocation} returns; null for the {@linkplain KeepActive event that keeps
     *     the function active}, for which {@code invocation} does not run
     */
    @SuppressWarnings("NullAway") // nobody reads the response to that event
    default <T> T handle(Object event, Context context, Supplier<T> invocation) {
        return KeepActive.is(event) ? null : invoke(context, invocation);
    }

    /**
     * Runs an invocation of any event; for {@link #handle}. Throws what it throws. One at a time.
     */
    <T> T invoke(Context context, Supplier<T> invocation);

    /** Has {@code priming} done before a snapshot of the process is taken, if one ever is. */
    void beforeSnapshot(Priming priming);
}
