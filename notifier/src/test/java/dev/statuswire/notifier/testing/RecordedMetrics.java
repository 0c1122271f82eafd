package dev.statuswire.notifier.testing;

import dev.statuswire.core.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records all counts and times. Thread-safe. */
public final class RecordedMetrics implements Metrics {

    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final List<Duration> times = new CopyOnWriteArrayList<>();

    @Override
    public void count(Counter counter, String label, long amount) {
        counts.merge(counter + label, amount, Long::sum);
    }

    @Override
    public void time(Timer timer, String label, Duration duration) {
        times.add(duration);
    }

    /** Returns the sum of the counts. */
    public long counted(Counter counter, String label) {
        return counts.getOrDefault(counter + label, 0L);
    }

    /** Returns all times. */
    public List<Duration> times() {
        return List.copyOf(times);
    }
}
