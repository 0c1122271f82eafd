package dev.statuswire.processor;

import dev.statuswire.core.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records counts and times. */
final class CountedMetrics implements Metrics {

    final List<String> counted = new CopyOnWriteArrayList<>();
    final List<String> timed = new CopyOnWriteArrayList<>();

    @Override
    public void count(Counter counter, String label, long amount) {
        counted.add(counter + " " + label);
    }

    @Override
    public void time(Timer timer, String label, Duration duration) {
        timed.add(timer + " " + label + " " + duration);
    }
}
