package dev.statuswire.core.request;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that are stored with a request, cut to what an item has room for. */
final class StoredText {

    private static final Pattern HALF_A_PAIR = Pattern.compile("\\p{Cs}");

    private StoredText() {}

    /**
     * {@code text}, at most {@code longest} UTF-16 units of it; a character is never cut in half.
     * Half a surrogate pair, which cannot be stored, becomes {@code U+FFFD}. Null is an empty text.
     */
    static String atMost(int longest, @Nullable String text) {
        if (text == null) {
            return "";
        }
        boolean splits =
                text.length() > longest
                        && Character.isSurrogatePair(
                                text.charAt(longest - 1), text.charAt(longest));
        String cut = text.substring(0, Math.min(text.length(), splits ? longest - 1 : longest));
        return HALF_A_PAIR.matcher(cut).replaceAll("\uFFFD");
    }
}
