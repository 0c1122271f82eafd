package dev.statuswire.api.schema;

import dev.statuswire.api.http.InputError;
import dev.statuswire.api.regex.TooExpensiveException;
import dev.statuswire.api.regex.ValidationBudget;
import java.util.ArrayList;
import java.util.List;

/**
 * One validation of a value, or the attempt of a part of it that {@code anyOf} and its like make.
 * An attempt has errors of its own, but draws on the same budget.
 */
final class Validation {

    /** Deeper than any value and schema nest, unless the schema refers to itself for ever. */
    private static final int MAX_DEPTH = 500;

    /** How long the errors of one report are together, in characters; one may be longer. */
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
     * Begins to check a value against a schema.
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

    /** Whether there are as many errors as are reported, so that nothing more need be checked. */
    boolean isOver() {
        return errors.size() >= maxErrors;
    }

    void add(ValueLocation place, String detail) {
        if (!isOver()) {
            budget.spend(1 + detail.length() / 8);
            errors.add(new Finding(place, detail));
        }
    }

    void addAll(List<Finding> more) {
        for (Finding finding : more) {
            add(finding.place, finding.detail);
        }
    }

    List<Finding> findings() {
        return errors;
    }

    /** A pointer can be as long as the value, so not all of them fit into a response. */
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

    /** An error, as long as it is not known whether it will be reported. */
    record Finding(ValueLocation place, String detail) {

        InputError error() {
            return new InputError(place.pointer(), detail);
        }
    }
}
