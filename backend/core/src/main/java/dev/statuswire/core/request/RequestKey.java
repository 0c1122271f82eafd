package dev.statuswire.core.request;

import java.util.regex.Pattern;

/**
 * Identifies one request: its owner, and its id among the owner's requests.
 *
 * @param owner the user that the request belongs to; not empty
 * @param id chosen by the client, or {@value #TIME_ORDERED} and a UUIDv7
 */
public record RequestKey(String owner, String id) {

    /** The number of partitions of the index {@code due}. */
    public static final int DUE_SHARDS = 256;

    /**
     * The characters that the hash of {@link #dueShard()} distinguishes. It treats all others as
     * the same character.
     */
    public static final String HASHED_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    /** A prime less than 2^16, so that no product in the hash exceeds 31 bits. */
    public static final int HASH_MODULUS = 65_521;

    /** The factor by which the hash is multiplied for each character. */
    public static final int HASH_MULTIPLIER = 31;

    /**
     * The first character of an id that sorts by time; a UUIDv7 follows. The server generates such
     * ids, and clients may as well. The character sorts after all other characters of ids, so a
     * list in descending order of ids starts with these ids, newest first.
     */
    public static final String TIME_ORDERED = "~";

    /** The ids that a client may choose, as a regular expression. */
    public static final String CLIENT_ID =
            "[A-Za-z0-9_-]{8,64}"
                    + "|~[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    /** The ids that a request can have, as a regular expression. */
    public static final String ANY_ID = "~?[A-Za-z0-9_-]{8,64}";

    private static final Pattern CLIENT_ID_PATTERN = Pattern.compile(CLIENT_ID);
    private static final Pattern ANY_ID_PATTERN = Pattern.compile(ANY_ID);

    /**
     * Returns whether a client may choose {@code id}: 8 to 64 characters of {@code A-Z a-z 0-9 _
     * -}, or {@value #TIME_ORDERED} and a UUIDv7 in lower case.
     */
    public static boolean isClientId(String id) {
        return CLIENT_ID_PATTERN.matcher(id).matches();
    }

    /**
     * Returns whether a request can have {@code id}: 8 to 64 characters of {@code A-Z a-z 0-9 _ -},
     * optionally after {@value #TIME_ORDERED}. Every such id can be used in a URL without escaping.
     */
    public static boolean isValidId(String id) {
        return ANY_ID_PATTERN.matcher(id).matches();
    }

    /**
     * Returns the request's partition in the index {@code due}: a hash of the whole key, {@code
     * "0"} to {@code "255"}. Every writer must compute the same hash, and one of them is a mapping
     * template of API Gateway. So the hash uses only sums, products and remainders of small
     * numbers.
     */
    public String dueShard() {
        String key = owner + "/" + id;
        int hash = 0;
        for (int n = 0; n < key.length(); n++) {
            int character = HASHED_CHARACTERS.indexOf(key.charAt(n)) + 2;
            hash = (hash * HASH_MULTIPLIER + character) % HASH_MODULUS;
        }
        return Integer.toString(hash % DUE_SHARDS);
    }

    @Override
    public String toString() {
        return owner + "/" + id;
    }
}
