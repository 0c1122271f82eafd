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
 * Figures for CloudWatch, as lines of the log in its embedded metric format: namespace {@value
 * #NAMESPACE}, the name as it is locally after {@code statuswire_}, two dimensions, the stage and
 * the label. Times are in milliseconds, each a value of its own.
 *
 * <p>Kept here until they are flushed, since Powertools' own object is for one thread. What is
 * counted between two invocations goes with the next one's. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
final class EmfMetrics implements Metrics {

    static final String NAMESPACE = "Statuswire";

    /** The dimension that tells the stages of one account apart. */
    private static final String STAGE = "stage";

    private static final Logger LOG = LoggerFactory.getLogger(EmfMetrics.class);

    /** A dimension has a value, so what has no label has this one. */
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
     * @param stage of the deployment; empty for none
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

    /** Types are users' to name, CloudWatch takes printable ASCII only. */
    private static String valid(String label) {
        String printable = label.replaceAll("[^!-~]", "_");
        String some = printable.isEmpty() ? NO_LABEL : printable;
        return some.substring(0, Math.min(some.length(), LONGEST_LABEL));
    }

    /** Forgets what was counted so far: what priming counted is nobody's. */
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

    /** Writes what there is; never throws. One line for each dimension and its value. */
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
            LOG.warn("figures of {} are lost", dimension, failed);
        }
    }
}
