package dev.statuswire.core.request;

import org.jspecify.annotations.Nullable;

/** Texts that are stored with a request, cut to what an item has room for. */
final class Text {

    private Text() {}

    /**
     * {@code text}, at most {@code longest} UTF-16 units of it; a character is never cut in half.
     * Null is an empty text.
     */
    static String atMost(int longest, @Nullable String text) {
        if (text == null || text.length() <= longest) {
            return text == null ? "" : text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, splits ? longest - 1 : longest);
    }
}
