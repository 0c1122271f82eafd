package dev.statuswire.api.http;

import java.io.Serial;

/**
 * Ends a call with a problem document as its response. It has no stack trace, because it is an
 * expected response and not a fault.
 */
public final class ProblemException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** Returns the problem to respond with. */
    public Problem problem() {
        return problem;
    }
}
