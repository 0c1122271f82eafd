package dev.statuswire.api.operate;

import dev.statuswire.core.metrics.Metrics;
import io.javalin.http.Context;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/**
 * Metrics kept in memory, for Prometheus to come and read. Their names begin with {@code
 * statuswire_}; the JVM's memory and threads are there too. Thread-safe.
 */
public final class PrometheusMetrics implements Metrics {

    private static final String PREFIX = "statuswire.";
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Bounds of the histograms, in between what a push takes and what slow work does. */
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

    /** Empty ones. */
    public PrometheusMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    @Override
    public void count(Counter counter, String label, long amount) {
        registry.counter(PREFIX + counter.metric(), counter.label(), label)
                .increment((double) amount);
    }

    @Override
    public void time(Timer timer, String label, Duration duration) {
        io.micrometer.core.instrument.Timer.builder(PREFIX + timer.metric())
                .tag(timer.label(), label)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(duration);
    }

    /** Handles {@code GET /metrics}. */
    public void handle(Context call) {
        call.contentType(MEDIA_TYPE).result(registry.scrape());
    }
}
