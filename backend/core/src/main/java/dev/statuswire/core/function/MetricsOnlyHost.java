package dev.statuswire.core.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.metrics.Metrics;
import java.util.function.Supplier;

/** Host that provides metrics only and leaves everything else to the caller of the handler. */
record MetricsOnlyHost(Metrics metrics) implements FunctionHost {

    @Override
    public <T> T invoke(Context context, Supplier<T> invocation) {
        return invocation.get();
    }

    @Override
    public <E> void beforeSnapshot(RequestHandler<E, ?> handler, E noOp) {}
}
