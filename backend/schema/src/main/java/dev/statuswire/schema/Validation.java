package dev.statuswire.schema;

import dev.statuswire.schema.regex.TooExpensiveException;
import dev.statuswire.schema.regex.ValidationBudget;
import java.util.ArrayList;
import java.util.List;

/**
 * The validation of a value, or an attempt for {@code anyOf} and similar keywords to validate a
 * part of it. An attempt has its own errors but shares the budget.
 */
final class Validation {

    /**
     * Deeper than any value and schema are nested, unless the schema refers to itself infinitely.
     */
    private static final int MAX_DEPTH = 500;

    /**
     * The maximum total length of the errors of one report, in characters. A single error may be
     * longer.
     */
    private static final int MAX_REPORT = 200_000;

    private final ValidationBudget budget;
    private final int maxErrors;
    private int depth;
    private final List<Finding> errors = new ArrayList<>();

    private Validation(ValidationBudget budget, int maxErrors, int depth) {
        this.budget = budget;
        this.maxErrors = maxErrors;
        this.depth = depth;
    }

    Validation(ValidationBudget budget, int maxErrors) {
        this(budget, maxErrors, 0);
    }

    /** Starts an attempt. */
    Validation attempt() {
        return new Validation(budget, maxErrors, depth);
    }

    /**
     * Enters the check of a value against a schema.
     *
     * @throws TooExpensiveException if schemas nest too deeply
     */
    void enter() {
        budget.spend(1);
        if (++depth > MAX_DEPTH) {
            throw new TooExpensiveException();
        }
    }

    void leave() {
        depth--;
    }

    ValidationBudget budget() {
        return budget;
    }

    /**
     * Returns whether the maximum number of errors is reached, so that no further checks are
     * needed.
     */
    boolean isOver() {
        return errors.size() >= maxErrors;
    }

    /**
     * Adds an error.
     *
     * @param fault a sentence whose subject, the value at {@code place}, is left out
     */
    void add(ValueLocation place, String fault) {
        if (!isOver()) {
            budget.spend(1 + fault.length() / 8);
            errors.add(new Finding(place, fault));
        }
    }

    void addAll(List<Finding> more) {
        for (Finding finding : more) {
            add(finding.place, finding.fault);
        }
    }

    List<Finding> findings() {
        return errors;
    }

    /**
     * Converts findings to errors. A pointer can be as long as the value, so only the first errors
     * that fit into a response are kept.
     */
    static List<InputError> reported(List<Finding> findings) {
        var errors = new ArrayList<InputError>();
        int length = 0;
        for (Finding finding : findings) {
            InputError error = finding.error();
            length += error.pointer().length() + error.detail().length();
            if (!errors.isEmpty() && length > MAX_REPORT) {
                break;
            }
            errors.add(error);
        }
        return List.copyOf(errors);
    }

    /** An error that may or may not be reported. */
    record Finding(ValueLocation place, String fault) {

        InputError error() {
            return InputError.about(place.pointer(), place.label(), fault);
        }
    }
}
