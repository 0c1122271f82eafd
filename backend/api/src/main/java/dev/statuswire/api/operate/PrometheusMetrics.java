package dev.statuswire.api.operate;

import dev.statuswire.core.metrics.Metrics;
import io.javalin.http.Context;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps metrics in memory and serves them for Prometheus to scrape. Their names start with {@code
 * statuswire_}; the JVM's memory and thread metrics are served too. Thread-safe.
 */
public final class PrometheusMetrics implements Metrics {

    private static final String PREFIX = "statuswire.";
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Bucket bounds of the histograms, from the time of a push to the time of slow work. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Caches the registry's meters, because each pushed frame is counted and timed. */
    private final Map<Labelled<Counter>, io.micrometer.core.instrument.Counter> counters =
            new ConcurrentHashMap<>();

    private final Map<Labelled<Timer>, io.micrometer.core.instrument.Timer> timers =
            new ConcurrentHashMap<>();

    private record Labelled<M>(M metric, String label) {}

    /** Creates metrics without measurements, and adds the JVM's. */
    public PrometheusMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    @Override
    public void count(Counter counter, String label, long amount) {
        counters.computeIfAbsent(new Labelled<>(counter, label), this::registeredCounter)
                .increment((double) amount);
    }

    private io.micrometer.core.instrument.Counter registeredCounter(Labelled<Counter> counter) {
        Counter metric = counter.metric();
        return registry.counter(PREFIX + metric.metric(), metric.label(), counter.label());
    }

    @Override
    public void time(Timer timer, String label, Duration duration) {
        timers.computeIfAbsent(new Labelled<>(timer, label), this::registeredTimer)
                .record(duration);
    }

    private io.micrometer.core.instrument.Timer registeredTimer(Labelled<Timer> timer) {
        return io.micrometer.core.instrument.Timer.builder(PREFIX + timer.metric().metric())
                .tag(timer.metric().label(), timer.label())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Handles {@code GET /metrics}. */
    public void handle(Context call) {
        call.contentType(MEDIA_TYPE).result(registry.scrape());
    }
}
