package dev.statuswire.function;

import dev.statuswire.core.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * CloudWatch metrics, written to the log in the embedded metric format. The namespace is {@value
 * #NAMESPACE}; the names are the local ones without {@code statuswire_}. Each metric has two
 * dimensions: the stage and the label. Times are in milliseconds, and each one is recorded as a
 * separate value.
 *
 * <p>Values are collected here until they are flushed, because Powertools' own object may only be
 * used by one thread. Values that are recorded between two invocations are written with the next
 * one's. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
final class EmfMetrics implements Metrics {

    static final String NAMESPACE = "Statuswire";

    /** The dimension that distinguishes the stages in one account. */
    private static final String STAGE = "stage";

    private static final Logger LOG = LoggerFactory.getLogger(EmfMetrics.class);

    /** The value of the dimension for an empty label. A dimension must have a value. */
    private static final String NO_LABEL = "none";

    private static final int LONGEST_LABEL = 250;

    private final software.amazon.lambda.powertools.metrics.Metrics powertools;
    private final String stage;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by {@link #lock}. */
    private Map<Dimension, Map<String, Series>> series = new HashMap<>();

    private record Dimension(String name, String value) {}

    private record Series(MetricUnit unit, List<Double> values) {}

    /**
     * @param stage the stage of the deployment; empty if there is none
     */
    EmfMetrics(software.amazon.lambda.powertools.metrics.Metrics powertools, String stage) {
        this.powertools = powertools;
        this.stage = valid(stage);
        powertools.setNamespace(NAMESPACE);
    }

    @Override
    public void count(Counter counter, String label, long amount) {
        change(
                counter.label(),
                label,
                counter.metric(),
                MetricUnit.COUNT,
                values -> {
                    double before = values.isEmpty() ? 0 : values.removeLast();
                    values.add(before + amount);
                });
    }

    @Override
    public void time(Timer timer, String label, Duration duration) {
        double millis = duration.toNanos() / 1e6;
        change(
                timer.label(),
                label,
                timer.metric(),
                MetricUnit.MILLISECONDS,
                values -> values.add(millis));
    }

    private void change(
            String dimension,
            String label,
            String metric,
            MetricUnit unit,
            Consumer<List<Double>> change) {
        lock.lock();
        try {
            change.accept(
                    series.computeIfAbsent(
                                    new Dimension(dimension, valid(label)), _ -> new HashMap<>())
                            .computeIfAbsent(metric, _ -> new Series(unit, new ArrayList<>()))
                            .values());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns a label that CloudWatch accepts. Users choose the names of types, and CloudWatch
     * accepts only printable ASCII.
     */
    private static String valid(String label) {
        String printable = label.replaceAll("[^!-~]", "_");
        String some = printable.isEmpty() ? NO_LABEL : printable;
        return some.substring(0, Math.min(some.length(), LONGEST_LABEL));
    }

    /**
     * Discards all values recorded so far, because those of the priming calls belong to no
     * invocation.
     */
    void forget() {
        drained();
    }

    private Map<Dimension, Map<String, Series>> drained() {
        lock.lock();
        try {
            Map<Dimension, Map<String, Series>> all = series;
            series = new HashMap<>();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes all recorded values, with one line for each combination of dimensions. Never throws.
     */
    void flush() {
        drained().forEach(this::write);
    }

    private void write(Dimension dimension, Map<String, Series> metrics) {
        try {
            powertools.setDefaultDimensions(
                    DimensionSet.of(STAGE, stage, dimension.name(), dimension.value()));
            metrics.forEach(
                    (metric, its) ->
                            its.values()
                                    .forEach(
                                            value ->
                                                    powertools.addMetric(
                                                            metric, value, its.unit())));
            powertools.flush();
        } catch (RuntimeException failed) {
            LOG.warn("could not write the metrics of {}; they are lost", dimension, failed);
        }
    }
}
