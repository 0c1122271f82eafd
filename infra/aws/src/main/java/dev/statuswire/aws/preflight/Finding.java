package dev.statuswire.aws.preflight;

/**
 * One thing that a check found, as one line for the person who deploys: what is wrong, and what to
 * do.
 *
 * @param setting {@code NAME=value} of an environment variable that the deployment must be
 *     synthesized with; empty if none
 */
record Finding(Severity severity, String text, String setting) {

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

    static Finding note(String text) {
        return new Finding(Severity.NOTE, text, "");
    }

    static Finding warning(String text) {
        return new Finding(Severity.WARNING, text, "");
    }

    static Finding stop(String text) {
        return new Finding(Severity.STOP, text, "");
    }

    static Finding missing(String text) {
        return new Finding(Severity.MISSING, text, "");
    }

    /** This finding, with a setting that solves it. */
    Finding solvedBy(String nameAndValue) {
        return new Finding(severity, text, nameAndValue);
    }

    /** The line to print. */
    String line() {
        return "statuswire: " + (severity == Severity.WARNING ? "warning: " : "") + text;
    }
}
