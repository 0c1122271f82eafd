package dev.statuswire.api.http;

import java.util.regex.Pattern;

/** Paths of calls as logs and problems may show them. */
public final class ShownPath {

    /** The part of a path that contains the secret of a link, however the path is written. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)^(/*(?:l|links|%6c|%6cinks)(?:;[^/]*)?/+)[^/?]+");

    private ShownPath() {}

    /** Returns {@code path} with {@code -} instead of the secret of a link. */
    public static String of(String path) {
        return SECRET.matcher(path).replaceFirst("$1-");
    }
}
