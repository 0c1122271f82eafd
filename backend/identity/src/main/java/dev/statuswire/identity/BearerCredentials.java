package dev.statuswire.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses {@code Authorization} headers that carry a bearer token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1,
 *     Authorization Request Header Field</a>
 */
public final class BearerCredentials {

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    private static final Pattern FORM = Pattern.compile("Bearer +([A-Za-z0-9._~+/-]+=*) *", FLAGS);

    private static final Pattern SCHEME = Pattern.compile("Bearer( .*)?", FLAGS);

    private BearerCredentials() {}

    /** Returns whether {@code header} uses the scheme {@code Bearer}, with or without a token. */
    public static boolean isPresent(String header) {
        return SCHEME.matcher(header).matches();
    }

    /** Returns the token in {@code header}; empty if the header is anything else. */
    public static Optional<String> parseToken(String header) {
        return Optional.of(FORM.matcher(header)).filter(Matcher::matches).map(it -> it.group(1));
    }
}
