package dev.statuswire.bench.result;

import java.util.ArrayList;
import java.util.List;

/**
 * Values and baselines that were measured in alternating rounds. A machine's speed changes within a
 * run; medians over rounds are hardly affected by single slow rounds.
 */
public final class Rounds {

    private final List<Double> values = new ArrayList<>();
    private final List<Double> baselines = new ArrayList<>();

    /** Adds a round. */
    public void add(double value, double baseline) {
        values.add(value);
        baselines.add(baseline);
    }

    /** Compares the medians of both; they are NaN if there was no round. */
    public Measurement medians(String name, String baselineName, String unit, Target target) {
        return new Measurement(name, baselineName, median(values), median(baselines), unit, target);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
    }
}
