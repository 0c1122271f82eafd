package dev.statuswire.core.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The secret of a link, which its URL contains: 128 random bits. It is stored nowhere; only its
 * hash is. A plain hash is enough, because random secrets of this length cannot be tried out.
 *
 * @param text 22 characters that can be used in a URL; {@link #toString} omits them
 */
public record LinkSecret(String text) {

    private static final int BYTES = 16;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Pattern LINK_ID = Pattern.compile("[A-Za-z0-9_-]{43}");

    /**
     * Generates a secret.
     *
     * @param random a {@link java.security.SecureRandom} outside of tests
     */
    public static LinkSecret generate(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new LinkSecret(encoded(bytes));
    }

    /** Returns the secret with this text, which a client sent; empty if no secret has this form. */
    public static Optional<LinkSecret> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new LinkSecret(text)) : Optional.empty();
    }

    /** Returns whether a text has the form of a link's id. */
    static boolean isLinkId(String text) {
        return LINK_ID.matcher(text).matches();
    }

    /** Returns the id of the link: the SHA-256 hash of the secret, 43 characters. */
    public String linkId() {
        try {
            return encoded(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Returns whether {@code link} has this secret. The time that this takes reveals nothing. */
    boolean isOf(Link link) {
        return MessageDigest.isEqual(
                linkId().getBytes(StandardCharsets.US_ASCII),
                link.id().getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "LinkSecret[]";
    }
}
