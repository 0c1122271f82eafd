package dev.statuswire.api.request;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;

/**
 * Reads the {@code Idempotency-Key} header: a string of a structured field (in quotes; parameters
 * are ignored), or visible ASCII without quotes. Only the hash of the key is stored.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
 *     Idempotency-Key HTTP Header Field</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651#section-3.3.3">RFC 9651, section 3.3.3</a>
 */
final class IdempotencyKey {

    private static final int MAX_LENGTH = 255;

    /** The maximum length of the header: with quotes, and with each character escaped. */
    private static final int MAX_FIELD = 2 * MAX_LENGTH + 2;

    /**
     * Kinds of parameter values that RFC 9651 adds to RFC 8941. The parser implements only RFC
     * 8941, and parameters are ignored, so these values are replaced with ones that it supports.
     */
    private static final Pattern DATE = Pattern.compile("=@(-?[0-9]{1,15})(?![0-9.])");

    private static final Pattern DISPLAY_STRING =
            Pattern.compile("=%\"((?:[ !#$&-~]|%[0-9a-f]{2})*+)\"");

    private IdempotencyKey() {}

    /**
     * Returns the hash of the key, without a {@code #}; empty if no key is given.
     *
     * @param headers all headers of this name in a call
     * @throws ProblemException if the key is malformed or too long, or there are two headers
     */
    static Optional<String> id(List<String> headers) {
        if (headers.size() > 1) {
            throw malformed("Send the Idempotency-Key header once.");
        }
        return headers.stream().findFirst().map(header -> hashed(key(header.strip())));
    }

    /** Checks the length first, so that the parser never gets a long text. */
    private static String key(String field) {
        if (field.length() > MAX_FIELD) {
            throw tooLong();
        }
        String key = field.startsWith("\"") ? quoted(field) : field;
        if (key.length() > MAX_LENGTH) {
            throw tooLong();
        }
        boolean isBare = key.equals(field);
        if (key.isEmpty() || (isBare && !key.chars().allMatch(c -> c > ' ' && c < 0x7f))) {
            throw malformed(
                    "An Idempotency-Key has 1 to 255 visible ASCII characters, with or without"
                            + " quotes.");
        }
        return key;
    }

    private static String quoted(String field) {
        try {
            String known = DISPLAY_STRING.matcher(field).replaceAll("=\"$1\"");
            return (String) Parser.parseItem(DATE.matcher(known).replaceAll("=$1")).get();
        } catch (ParseException notAnItem) {
            throw malformed(
                    "An Idempotency-Key that starts with a quote must be a string as in RFC 9651.");
        }
    }

    private static ProblemException tooLong() {
        return malformed("An Idempotency-Key has at most " + MAX_LENGTH + " characters.");
    }

    private static ProblemException malformed(String detail) {
        return ProblemKind.MALFORMED_REQUEST.because(detail);
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
