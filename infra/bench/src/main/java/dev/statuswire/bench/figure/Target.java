package dev.statuswire.bench.figure;

/**
 * What a ratio is to be.
 *
 * @param ratio greater than 0
 */
public record Target(Sense sense, double ratio) {

    /** On which side of the target a ratio is to be. */
    public enum Sense {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Sense(String sign) {
            this.sign = sign;
        }
    }

    /** For what is better the smaller it is. */
    public static Target atMost(double ratio) {
        return new Target(Sense.AT_MOST, ratio);
    }

    /** For what is better the greater it is. */
    public static Target atLeast(double ratio) {
        return new Target(Sense.AT_LEAST, ratio);
    }

    /** Whether {@code measured} is on the right side; what is no number is not. */
    public boolean isMetBy(double measured) {
        return switch (sense) {
            case AT_MOST -> measured <= ratio;
            case AT_LEAST -> measured >= ratio;
        };
    }

    @Override
    public String toString() {
        return sense.sign + " " + Numbers.shortly(ratio);
    }
}
