package dev.statuswire.schema.regex;

import java.util.List;

/** A node of the syntax tree of a pattern. */
sealed interface PatternNode {

    /** Matches one code point of a set. */
    record CodePoint(CharacterSet set) implements PatternNode {}

    /** Matches all parts, one after the other. */
    record Sequence(List<PatternNode> parts) implements PatternNode {}

    /** Matches the first option with which the rest of the pattern matches. */
    record Choice(List<PatternNode> options) implements PatternNode {}

    /**
     * Matches a part repeatedly.
     *
     * @param max {@link #UNBOUNDED} if there is no limit
     * @param firstGroup the first capturing group inside
     * @param lastGroup one more than the last capturing group inside
     */
    record Repeat(PatternNode body, int min, int max, boolean greedy, int firstGroup, int lastGroup)
            implements PatternNode {}

    /** A capturing group. */
    record Group(int index, PatternNode body) implements PatternNode {}

    /** Matches the text that a capturing group captured. */
    record BackReference(int group) implements PatternNode {}

    /** Matches the text that a named capturing group captured. */
    record NamedReference(String name) implements PatternNode {}

    /** A lookahead or lookbehind. */
    record Lookaround(PatternNode body, boolean ahead, boolean negative) implements PatternNode {}

    /** A condition on the position. */
    enum Assertion implements PatternNode {
        START,
        END,
        WORD_BOUNDARY,
        NO_WORD_BOUNDARY
    }

    int UNBOUNDED = Integer.MAX_VALUE;
}
