package dev.statuswire.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of an {@code Authorization} header that carries a token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1,
 *     Authorization Request Header Field</a>
 */
public final class BearerCredentials {

    private static final Pattern FORM =
            Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*) *", Pattern.CASE_INSENSITIVE);

    private BearerCredentials() {}

    /** The token in {@code header}; empty where that is something else. */
    public static Optional<String> tokenIn(String header) {
        return Optional.of(FORM.matcher(header)).filter(Matcher::matches).map(it -> it.group(1));
    }
}
