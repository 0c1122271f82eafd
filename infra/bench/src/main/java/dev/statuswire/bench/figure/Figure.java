package dev.statuswire.bench.figure;

/**
 * A measured value beside its limit, which was measured in the same run on the same engine, so that
 * a slow machine slows both.
 *
 * @param name stable, such as {@code accept.one-client}
 * @param beside what the limit is
 * @param ours in {@code unit}
 * @param limit in {@code unit}
 * @param target of ours divided by the limit
 */
public record Figure(
        String name, String beside, double ours, double limit, String unit, Target target) {

    /** Ours divided by the limit; not a number where both are 0. */
    public double ratio() {
        return ours / limit;
    }

    /** Whether the target is met. */
    public boolean holds() {
        return target.isMetBy(ratio());
    }
}
