package dev.statuswire.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** Finds internal details in a response, which no client may see. */
final class Leaks {

    private static final Pattern INTERNAL =
            Pattern.compile(
                    "Exception|\\tat |java\\.|javax\\.|jdk\\.|dev\\.statuswire|amazon|fasterxml"
                            + "|jackson|jetty|javalin|eclipse|networknt|[Ss]tack ?[Tt]race"
                            + "|SdkClient|SQLite|DynamoDB|Caused by|Internal [Ss]erver [Ee]rror");

    private Leaks() {}

    static void assertNone(String answer) {
        assertThat(INTERNAL.matcher(answer).results().map(found -> found.group()))
                .as("internal details in: " + answer)
                .isEmpty();
    }
}
