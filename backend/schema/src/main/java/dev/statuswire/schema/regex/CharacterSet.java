package dev.statuswire.schema.regex;

import java.util.List;
import java.util.function.IntPredicate;

/** A set of code points. Immutable and thread-safe. */
final class CharacterSet {

    static final CharacterSet DIGITS = range('0', '9');
    static final CharacterSet WORD =
            new CharacterSet(
                    c ->
                            (c >= 'a' && c <= 'z')
                                    || (c >= 'A' && c <= 'Z')
                                    || (c >= '0' && c <= '9')
                                    || c == '_');
    static final CharacterSet LINE_ENDS =
            new CharacterSet(c -> c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029);

    /** White space and line terminators of ECMA-262. */
    static final CharacterSet SPACES =
            new CharacterSet(
                    c ->
                            (c >= '\t' && c <= '\r')
                                    || c == 0xFEFF
                                    || Character.getType(c) == Character.SPACE_SEPARATOR
                                    || c == 0x2028
                                    || c == 0x2029);

    private static final int ASCII = 128;

    private final IntPredicate members;
    private final boolean[] ascii = new boolean[ASCII];

    CharacterSet(IntPredicate members) {
        this.members = members;
        for (int c = 0; c < ASCII; c++) {
            ascii[c] = members.test(c);
        }
    }

    static CharacterSet of(int codePoint) {
        return new CharacterSet(c -> c == codePoint);
    }

    static CharacterSet range(int from, int to) {
        return new CharacterSet(c -> c >= from && c <= to);
    }

    static CharacterSet anyOf(List<CharacterSet> sets) {
        CharacterSet[] all = sets.toArray(CharacterSet[]::new);
        return new CharacterSet(
                c -> {
                    for (CharacterSet set : all) {
                        if (set.contains(c)) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    CharacterSet negated() {
        return new CharacterSet(c -> !contains(c));
    }

    boolean contains(int codePoint) {
        return codePoint < ASCII ? ascii[codePoint] : members.test(codePoint);
    }
}
