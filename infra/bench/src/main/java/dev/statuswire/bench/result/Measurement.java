package dev.statuswire.bench.result;

/**
 * A measured value and its baseline. Both were measured in the same run on the same machine, so
 * that a slow machine slows both.
 *
 * @param name a stable name, such as {@code accept.one-client}
 * @param baselineName a description of the baseline
 * @param value in {@code unit}
 * @param baseline in {@code unit}
 * @param target of the value divided by the baseline
 */
public record Measurement(
        String name,
        String baselineName,
        double value,
        double baseline,
        String unit,
        Target target) {

    /** Compares the medians of both, in milliseconds. */
    public static Measurement ofMedians(
            String name, String baselineName, Samples value, Samples baseline, Target target) {
        return new Measurement(name, baselineName, value.median(), baseline.median(), "ms", target);
    }

    /** Returns the value divided by the baseline; NaN if both are 0. */
    public double ratio() {
        return value / baseline;
    }

    /** Returns whether the ratio meets the target. */
    public boolean meetsTarget() {
        return target.isMetBy(ratio());
    }
}
