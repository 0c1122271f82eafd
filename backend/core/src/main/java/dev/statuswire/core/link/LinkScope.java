package dev.statuswire.core.link;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a link allows. */
public enum LinkScope {
    /** To see the request. */
    WATCH,
    /** To see the request, and to answer its steps or one of them. */
    ANSWER;

    /** Returns the name in the API and in items, such as {@code watch}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the scope with this label; empty if there is none. */
    public static Optional<LinkScope> of(String label) {
        return Stream.of(values()).filter(scope -> scope.label().equals(label)).findFirst();
    }
}
