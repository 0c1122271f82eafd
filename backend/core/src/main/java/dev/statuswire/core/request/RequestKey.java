package dev.statuswire.core.request;

import java.util.regex.Pattern;

/**
 * Names one request: whose it is, and its id among that owner's.
 *
 * @param owner the identity that it belongs to, not empty
 * @param id the client's choice or a UUIDv7
 */
public record RequestKey(String owner, String id) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    /** Whether a client may use {@code id}: 8 to 64 characters of {@code A-Z a-z 0-9 _ -}. */
    public static boolean isValidId(String id) {
        return ID.matcher(id).matches();
    }

    /** The partition of the index of what is due: the id's last character, so 64 of them. */
    public String dueShard() {
        return id.substring(id.length() - 1);
    }

    /** What an effect of {@code step} is to be remembered by outside, so that it is made once. */
    public String effectKey(String step) {
        return owner + "/" + id + "/" + step;
    }

    @Override
    public String toString() {
        return owner + "/" + id;
    }
}
