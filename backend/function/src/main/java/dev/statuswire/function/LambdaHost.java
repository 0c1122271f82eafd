package dev.statuswire.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.settings.Environment;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/**
 * Host of a Lambda function. Every log line identifies its invocation. Metrics are written at the
 * end of each invocation, even if it failed. Before a snapshot, the handlers receive their no-op
 * events. These calls are not invocations: they have no log fields and write no metrics.
 */
public final class LambdaHost implements FunctionHost {

    /**
     * Not created with Powertools' {@code MetricsFactory}, because that registers for snapshots and
     * then loads classes that need AspectJ. Without AspectJ, the function would not start.
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
        if (context instanceof PrimingContext) {
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
        snapshots.add(() -> handler.handleRequest(noOp, new PrimingContext()));
    }
}
