package dev.statuswire.check;

import java.util.List;

/**
 * A check.
 *
 * @param name at the start of its line
 * @param needs the names of earlier checks; the check is skipped unless all of them passed
 * @param body runs the check
 */
record Check(String name, List<String> needs, Body body) {

    Check {
        needs = List.copyOf(needs);
    }

    static Check of(String name, Body body, String... needs) {
        return new Check(name, List.of(needs), body);
    }

    /** The code of a check. */
    @FunctionalInterface
    interface Body {

        /**
         * Returns what was observed, for the line of the check.
         *
         * @throws CheckFailedException if it was not as expected
         * @throws CheckSkippedException if the check does not apply
         * @throws MissingSettingException if the operator has to provide something
         */
        String run() throws Exception;
    }
}
