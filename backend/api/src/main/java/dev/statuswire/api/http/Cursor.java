package dev.statuswire.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Encodes the end of a page of a list as an opaque string. A cursor contains only the last key of
 * the page. The owner comes from the call, so a cursor cannot lead to another owner's list.
 */
public final class Cursor {

    /** Lets a later release change the content of a cursor. */
    private static final String VERSION = "1:";

    /**
     * The maximum length of a decoded cursor in bytes: the version and the longest sort key that
     * DynamoDB allows.
     */
    private static final int MAX_BYTES = VERSION.length() + 1024;

    private Cursor() {}

    /** Returns the cursor of a page that ends with {@code lastId}. */
    public static String of(String lastId) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((VERSION + lastId).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the id that {@code cursor} contains.
     *
     * @throws IllegalArgumentException if {@link #of} did not create the cursor
     */
    public static String lastId(String cursor) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        String content = new String(bytes, StandardCharsets.UTF_8);
        boolean isValid =
                content.startsWith(VERSION)
                        && content.length() > VERSION.length()
                        && bytes.length <= MAX_BYTES;
        if (!isValid || !of(content.substring(VERSION.length())).equals(cursor)) {
            throw new IllegalArgumentException("not a cursor of this API");
        }
        return content.substring(VERSION.length());
    }
}
