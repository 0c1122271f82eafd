package dev.statuswire.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.settings.Environment;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/**
 * A Lambda function. Every log line names its invocation. Metrics are written at the end of each
 * invocation, also of one that failed. Before a snapshot the handlers receive their no-op events,
 * which are no invocations: they have no log fields and write no metrics.
 */
public final class LambdaHost implements FunctionHost {

    /**
     * Not by Powertools' {@code MetricsFactory}: that registers for snapshots, and loads classes
     * there that need AspectJ, without which the function would not start.
     */
    private final EmfMetrics metrics =
            new EmfMetrics(
                    new EmfMetricsProvider().getMetricsInstance(),
                    Environment.ofProcess().text("STATUSWIRE_STAGE").orElse(""));

    private final SnapshotPriming snapshots = SnapshotPriming.ofProcess(metrics::forget);

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public <T> T invoke(Context context, Supplier<T> invocation) {
        if (context instanceof SnapshotContext) {
            return invocation.get();
        }
        InvocationLogFields.begin(context);
        try {
            return invocation.get();
        } finally {
            metrics.flush();
            InvocationLogFields.end();
        }
    }

    @Override
    public <E> void beforeSnapshot(RequestHandler<E, ?> handler, E noOp) {
        snapshots.add(() -> handler.handleRequest(noOp, new SnapshotContext()));
    }
}
