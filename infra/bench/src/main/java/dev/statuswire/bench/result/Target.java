package dev.statuswire.bench.result;

/**
 * A limit for a ratio.
 *
 * @param ratio at least 0
 */
public record Target(Bound sense, double ratio) {

    /** Whether the limit is an upper or a lower one. */
    public enum Bound {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /** Returns a target for a ratio that should be small. */
    public static Target atMost(double ratio) {
        return new Target(Bound.AT_MOST, ratio);
    }

    /** Returns a target for a ratio that should be large. */
    public static Target atLeast(double ratio) {
        return new Target(Bound.AT_LEAST, ratio);
    }

    /** Returns whether {@code measured} is within the limit; false for NaN. */
    public boolean isMetBy(double measured) {
        return switch (sense) {
            case AT_MOST -> measured <= ratio;
            case AT_LEAST -> measured >= ratio;
        };
    }

    @Override
    public String toString() {
        return sense.sign + " " + BenchReport.format(ratio);
    }
}
