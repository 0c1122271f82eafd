package dev.statuswire.schema.regex;

/**
 * The work that one validation may do, counted in steps of a few nanoseconds each. All patterns,
 * texts and values of the validation share one budget. Not thread-safe.
 */
public final class ValidationBudget {

    private long left;

    /**
     * @param steps the maximum number of steps, 0 or more
     */
    public ValidationBudget(long steps) {
        this.left = steps;
    }

    /**
     * Spends {@code steps} of the budget.
     *
     * @param steps 0 or more
     * @throws TooExpensiveException if fewer steps are left
     */
    public void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw new TooExpensiveException();
        }
    }
}
