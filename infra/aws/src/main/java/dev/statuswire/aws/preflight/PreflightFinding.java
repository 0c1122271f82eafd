package dev.statuswire.aws.preflight;

/**
 * A result of a check, as one line for the person who deploys: what is wrong and what to do.
 *
 * @param setting {@code NAME=value} of an environment variable with which the stack must be
 *     synthesized; empty if there is none
 */
record PreflightFinding(Severity severity, String text, String setting) {

    /** The consequence of a finding, least severe first. */
    enum Severity {
        /** The deployment continues; no action is needed. */
        NOTE,
        /** The deployment continues but may fail. */
        WARNING,
        /** The deployment would fail. */
        ERROR,
        /** The deployment cannot start because something is missing on this machine. */
        MISSING
    }

    static PreflightFinding note(String text) {
        return new PreflightFinding(Severity.NOTE, text, "");
    }

    static PreflightFinding warning(String text) {
        return new PreflightFinding(Severity.WARNING, text, "");
    }

    static PreflightFinding stop(String text) {
        return new PreflightFinding(Severity.ERROR, text, "");
    }

    static PreflightFinding missing(String text) {
        return new PreflightFinding(Severity.MISSING, text, "");
    }

    /** Returns this finding with a setting that solves it. */
    PreflightFinding solvedBy(String nameAndValue) {
        return new PreflightFinding(severity, text, nameAndValue);
    }

    /** Returns the line to print. */
    String line() {
        return "statuswire: " + (severity == Severity.WARNING ? "warning: " : "") + text;
    }
}
