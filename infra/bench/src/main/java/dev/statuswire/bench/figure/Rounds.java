package dev.statuswire.bench.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured in several rounds, ours and its limit in turns. A machine's pace changes within
 * a run; of what it does to single rounds the medians say nothing.
 */
public final class Rounds {

    private final List<Double> ours = new ArrayList<>();
    private final List<Double> limits = new ArrayList<>();

    /** Adds a round. */
    public void add(double value, double limit) {
        ours.add(value);
        limits.add(limit);
    }

    /** The medians of both; not numbers where there was no round. */
    public Figure figure(String name, String beside, String unit, Target target) {
        return new Figure(name, beside, median(ours), median(limits), unit, target);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
    }
}
