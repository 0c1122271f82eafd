package dev.statuswire.schema.regex;

/**
 * Thrown if a {@link ValidationBudget} is exhausted. It passes through every keyword of a schema,
 * so that no {@code not} or {@code anyOf} treats an undecided value as a decided one.
 */
public final class TooExpensiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooExpensiveException() {
        super("the budget is exhausted", null, false, false);
    }
}
