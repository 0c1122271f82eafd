package dev.statuswire.api.regex;

/**
 * The work that one validation may take, counted in steps of a few nanoseconds each. Every pattern,
 * text and value of the validation draws on the same budget. Not thread-safe.
 */
public final class ValidationBudget {

    private long left;

    /**
     * @param steps how many steps may be taken, 0 or more
     */
    public ValidationBudget(long steps) {
        this.left = steps;
    }

    /**
     * Takes {@code steps} off.
     *
     * @param steps 0 or more
     * @throws TooExpensiveException if fewer were left
     */
    public void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new TooExpensiveException();
        }
    }
}
