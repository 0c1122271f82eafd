package dev.statuswire.core.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.metrics.Metrics;
import java.util.function.Supplier;

/** Whoever calls the handler does all that a host would. */
record PlainFunctionHost(Metrics metrics) implements FunctionHost {

    @Override
    public <T> T invoke(Context context, Supplier<T> invocation) {
        return invocation.get();
    }

    @Override
    public <E> void beforeSnapshot(RequestHandler<E, ?> handler, E noOp) {}
}
