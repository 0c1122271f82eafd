package dev.statuswire.api.http;

import java.io.Serial;

/** Ends a call with a problem. It is an answer, not a fault, so it keeps no stack trace. */
public final class ProblemException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What to answer. */
    public Problem problem() {
        return problem;
    }
}
