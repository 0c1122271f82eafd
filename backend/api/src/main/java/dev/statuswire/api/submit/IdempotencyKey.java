package dev.statuswire.api.submit;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Idempotency-Key} header: a string of a structured field (in quotes), or the same
 * without quotes. It is remembered by its hash.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
 *     Idempotency-Key HTTP Header Field</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651#section-3.3.3">RFC 9651, section 3.3.3</a>
 */
final class IdempotencyKey {

    private static final int MAX_LENGTH = 255;

    private static final Pattern QUOTED =
            Pattern.compile("\"((?:[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])+)\"");
    private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x2b\\x2d-\\x7e]+");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");

    private IdempotencyKey() {}

    /**
     * The hash of the key, without a {@code #}; empty where no key is given.
     *
     * @param headers every such header of a call
     * @throws ProblemException where it is malformed, too long, or there are two
     */
    static Optional<String> id(List<String> headers) {
        if (headers.size() > 1) {
            throw malformed("There are two of them.");
        }
        return headers.stream().findFirst().map(header -> hashed(key(header.strip())));
    }

    private static String key(String header) {
        Matcher quoted = QUOTED.matcher(header);
        String key = header;
        if (quoted.matches()) {
            key = ESCAPED.matcher(quoted.group(1)).replaceAll("$1");
        } else if (!BARE.matcher(header).matches()) {
            throw malformed("It is visible ASCII, in quotes or without.");
        }
        if (key.length() > MAX_LENGTH) {
            throw malformed("It has at most " + MAX_LENGTH + " characters.");
        }
        return key;
    }

    private static ProblemException malformed(String detail) {
        return ProblemKind.MALFORMED_REQUEST.because("Idempotency-Key: " + detail);
    }

    private static String hashed(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
