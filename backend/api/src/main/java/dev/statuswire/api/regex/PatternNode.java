package dev.statuswire.api.regex;

import java.util.List;

/** A part of a pattern, as it was parsed. */
sealed interface PatternNode {

    /** One code point of a set. */
    record One(CharacterSet set) implements PatternNode {}

    /** All of them, one after the other. */
    record Sequence(List<PatternNode> parts) implements PatternNode {}

    /** The first of them that lets the rest match. */
    record Choice(List<PatternNode> options) implements PatternNode {}

    /**
     * A part that repeats.
     *
     * @param max {@link #UNBOUNDED} if there is no limit
     * @param firstGroup the first capturing group inside
     * @param lastGroup one more than the last capturing group inside
     */
    record Repeat(PatternNode body, int min, int max, boolean greedy, int firstGroup, int lastGroup)
            implements PatternNode {}

    /** A capturing group. */
    record Group(int index, PatternNode body) implements PatternNode {}

    /** What a capturing group captured. */
    record BackReference(int group) implements PatternNode {}

    /** What the capturing group of a name captured. */
    record NamedReference(String name) implements PatternNode {}

    /** A lookahead or lookbehind. */
    record Look(PatternNode body, boolean ahead, boolean negative) implements PatternNode {}

    /** A condition on the place. */
    enum Place implements PatternNode {
        START,
        END,
        WORD_BOUNDARY,
        NO_WORD_BOUNDARY
    }

    int UNBOUNDED = Integer.MAX_VALUE;
}
