package dev.statuswire.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** What no client may see: anything of the inside. */
final class Leaks {

    private static final Pattern INSIDE =
            Pattern.compile(
                    "Exception|\\tat |java\\.|javax\\.|jdk\\.|dev\\.statuswire|amazon|fasterxml"
                            + "|jackson|jetty|javalin|eclipse|networknt|[Ss]tack ?[Tt]race"
                            + "|SdkClient|SQLite|DynamoDB|Caused by|Internal [Ss]erver [Ee]rror");

    private Leaks() {}

    static void assertNone(String answer) {
        assertThat(INSIDE.matcher(answer).results().map(found -> found.group()))
                .as("of the inside in: " + answer)
                .isEmpty();
    }
}
