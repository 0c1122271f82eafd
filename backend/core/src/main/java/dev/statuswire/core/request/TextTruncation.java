package dev.statuswire.core.request;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Truncates texts that are stored with a request to their maximum length in an item. */
final class TextTruncation {

    private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("\\p{Cs}");

    private TextTruncation() {}

    /**
     * Returns the first {@code longest} UTF-16 units of {@code text}. A surrogate pair is never
     * split. An unpaired surrogate, which cannot be stored, becomes {@code U+FFFD}. Null becomes an
     * empty text.
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
        return UNPAIRED_SURROGATE.matcher(cut).replaceAll("\uFFFD");
    }
}
