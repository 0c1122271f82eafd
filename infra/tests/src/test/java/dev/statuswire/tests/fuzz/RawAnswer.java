package dev.statuswire.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Checks what a server sent in response to any bytes. */
final class RawAnswer {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[ \\r]");

    private static final Pattern REFUSED = Pattern.compile("HTTP/1\\.[01] [45]\\d\\d ");

    /** The server's refusals of an unknown HTTP version or transfer coding. */
    private static final List<Integer> REFUSED_BY_SERVER = List.of(501, 505);

    private RawAnswer() {}

    /** Returns the status codes in {@code answer}, without interim ones. */
    static List<Integer> statuses(String answer) {
        return STATUS.matcher(answer)
                .results()
                .map(RawAnswer::status)
                .filter(status -> status >= 200)
                .toList();
    }

    private static int status(MatchResult found) {
        return Integer.parseInt(found.group(1));
    }

    /** Asserts that the response is no server error and reveals no internal details. */
    static void assertSound(String answer) {
        assertThat(statuses(answer))
                .as(answer)
                .allMatch(status -> status < 500 || REFUSED_BY_SERVER.contains(status));
        boolean file = answer.contains("Content-Type: text/") || answer.contains("yaml");
        Leaks.assertNone(file ? answer.substring(refusal(answer)) : answer);
    }

    /**
     * Returns the position of the first error response; what precedes it may be a requested file.
     */
    private static int refusal(String answer) {
        var found = REFUSED.matcher(answer);
        return found.find() ? found.start() : answer.length();
    }
}
