package dev.statuswire.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page of a list ends, as an opaque text. It holds the last key and nothing else: whose
 * list it is comes from the call, so a cursor cannot lead into another owner's.
 */
public final class Cursor {

    /** So that what a cursor holds can be changed one day. */
    private static final String VERSION = "1:";

    /** The longest sort key of DynamoDB, in bytes, after the version. */
    private static final int MAX_BYTES = VERSION.length() + 1024;

    private Cursor() {}

    /** The cursor of a page that ends with {@code lastId}. */
    public static String of(String lastId) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((VERSION + lastId).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The id that {@code cursor} holds.
     *
     * @throws IllegalArgumentException where it is not one of ours
     */
    public static String lastId(String cursor) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        String content = new String(bytes, StandardCharsets.UTF_8);
        boolean ours =
                content.startsWith(VERSION)
                        && content.length() > VERSION.length()
                        && bytes.length <= MAX_BYTES;
        if (!ours || !of(content.substring(VERSION.length())).equals(cursor)) {
            throw new IllegalArgumentException("not a cursor of ours");
        }
        return content.substring(VERSION.length());
    }
}
