package dev.statuswire.api.status;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client would like to wait, from {@code Prefer: wait=N}. As the RFC wants it, what is
 * malformed is passed over and the first of several counts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-4.3">RFC 7240, section 4.3</a>
 */
final class PreferWait {

    /** The longest that a client may wait, in seconds. */
    static final int MAX_SECONDS = 20;

    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:^|,)\\s*wait\\s*=\\s*(\"?)(\\d+)\\1\\s*(?=[,;]|$)",
                    Pattern.CASE_INSENSITIVE);

    private PreferWait() {}

    /** The seconds to wait, 0 to {@value #MAX_SECONDS}; empty where nothing was said of it. */
    static Optional<Integer> seconds(Collection<String> headers) {
        Matcher matcher = WAIT.matcher(String.join(",", headers));
        return matcher.results().findFirst().map(PreferWait::clamped);
    }

    private static int clamped(MatchResult wait) {
        String digits = wait.group(2);
        return digits.length() > 9 ? MAX_SECONDS : Math.min(Integer.parseInt(digits), MAX_SECONDS);
    }
}
