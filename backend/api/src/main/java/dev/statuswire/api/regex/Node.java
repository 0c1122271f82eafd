package dev.statuswire.api.regex;

import java.util.List;

/** A part of a pattern, as it was parsed. */
sealed interface Node {

    /** One code point of a set. */
    record One(CharacterSet set) implements Node {}

    /** All of them, one after the other. */
    record Sequence(List<Node> parts) implements Node {}

    /** The first of them that lets the rest match. */
    record Choice(List<Node> options) implements Node {}

    /**
     * A part that repeats.
     *
     * @param max {@link #UNBOUNDED} if there is no limit
     * @param firstGroup the first capturing group inside
     * @param lastGroup one more than the last capturing group inside
     */
    record Repeat(Node body, int min, int max, boolean greedy, int firstGroup, int lastGroup)
            implements Node {}

    /** A capturing group. */
    record Group(int index, Node body) implements Node {}

    /** What a capturing group captured. */
    record BackReference(int group) implements Node {}

    /** What the capturing group of a name captured. */
    record NamedReference(String name) implements Node {}

    /** A lookahead or lookbehind. */
    record Look(Node body, boolean ahead, boolean negative) implements Node {}

    /** A condition on the place. */
    enum Place implements Node {
        START,
        END,
        WORD_BOUNDARY,
        NO_WORD_BOUNDARY
    }

    int UNBOUNDED = Integer.MAX_VALUE;
}
