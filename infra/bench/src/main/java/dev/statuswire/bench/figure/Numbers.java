package dev.statuswire.bench.figure;

import java.util.Locale;

/** Numbers as a person reads them. */
final class Numbers {

    private Numbers() {}

    /** Three digits, or all of a larger whole number. */
    static String shortly(double number) {
        if (!Double.isFinite(number)) {
            return "?";
        }
        double size = Math.abs(number);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
