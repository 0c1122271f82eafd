package dev.statuswire.check;

import java.util.List;

/**
 * One thing that is tried.
 *
 * @param name at the start of its line
 * @param needs the names of checks that come before it; it is skipped unless all of these passed
 * @param body tries it
 */
record Check(String name, List<String> needs, Body body) {

    Check {
        needs = List.copyOf(needs);
    }

    static Check of(String name, Body body, String... needs) {
        return new Check(name, List.of(needs), body);
    }

    /** Tries something. */
    @FunctionalInterface
    interface Body {

        /**
         * Returns what was seen, for the line of the check.
         *
         * @throws CheckFailedException if something else was seen than expected
         * @throws CheckSkippedException if it makes no sense here
         * @throws MissingSettingException if the operator has to provide something
         */
        String run() throws Exception;
    }
}
