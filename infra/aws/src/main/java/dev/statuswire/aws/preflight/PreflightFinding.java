package dev.statuswire.aws.preflight;

/**
 * One thing that a check found, as one line for the person who deploys: what is wrong, and what to
 * do.
 *
 * @param setting {@code NAME=value} of an environment variable that the deployment must be
 *     synthesized with; empty if none
 */
record PreflightFinding(Severity severity, String text, String setting) {

    /** What follows from a finding, least severe first. */
    enum Severity {
        /** The deployment goes on, and there is nothing to do. */
        NOTE,
        /** The deployment goes on, but may fail. */
        WARNING,
        /** The deployment would fail. */
        STOP,
        /** The deployment cannot start: this machine lacks something. */
        MISSING
    }

    static PreflightFinding note(String text) {
        return new PreflightFinding(Severity.NOTE, text, "");
    }

    static PreflightFinding warning(String text) {
        return new PreflightFinding(Severity.WARNING, text, "");
    }

    static PreflightFinding stop(String text) {
        return new PreflightFinding(Severity.STOP, text, "");
    }

    static PreflightFinding missing(String text) {
        return new PreflightFinding(Severity.MISSING, text, "");
    }

    /** This finding, with a setting that solves it. */
    PreflightFinding solvedBy(String nameAndValue) {
        return new PreflightFinding(severity, text, nameAndValue);
    }

    /** The line to print. */
    String line() {
        return "statuswire: " + (severity == Severity.WARNING ? "warning: " : "") + text;
    }
}
