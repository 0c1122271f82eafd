package dev.statuswire.function;

import com.amazonaws.services.lambda.runtime.Context;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.function.Priming;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.settings.Environment;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/**
 * A Lambda function. Every line of log says which invocation it is of; figures are written at the
 * end of each invocation, also of one that failed; primings run before the snapshot.
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

    private final Snapshots snapshots = Snapshots.ofProcess(metrics::forget);

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public <T> T invoke(Context context, Supplier<T> invocation) {
        InvocationFields.begin(context);
        try {
            return invocation.get();
        } finally {
            metrics.flush();
            InvocationFields.end();
        }
    }

    @Override
    public void beforeSnapshot(Priming priming) {
        snapshots.add(priming);
    }
}
