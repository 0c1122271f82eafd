package dev.statuswire.schema.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Parses a pattern of ECMA-262 with the flag {@code u}. The parser also accepts what the flag
 * forbids, but every engine reads in the same way without it: {@code \-} and other escaped
 * punctuation, a literal brace or closing bracket, and a hyphen next to {@code \w} in a class.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-patterns">ECMA-262, patterns</a>
 */
final class PatternParser {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_COUNT = 100_000;
    private static final int END = -1;

    private final String source;
    private final Map<String, Integer> names = new HashMap<>();
    private final List<Supplier<String>> checks = new ArrayList<>();
    private int at;
    private int groups = 1;
    private int depth;
    private boolean refersBack;

    PatternParser(String source) {
        this.source = source;
    }

    /**
     * Parses the whole pattern.
     *
     * @throws PatternSyntaxException if it is not a valid pattern
     */
    PatternNode parse() {
        PatternNode whole = choice();
        if (at < source.length()) {
            throw error("unmatched )");
        }
        for (Supplier<String> check : checks) {
            String problem = check.get();
            if (!problem.isEmpty()) {
                throw error(problem);
            }
        }
        return whole;
    }

    /** Returns one more than the number of capturing groups. */
    int groups() {
        return groups;
    }

    /**
     * Returns the index of the group {@code name}, to which a {@link PatternNode.NamedReference}
     * refers.
     */
    int groupOf(String name) {
        return Objects.requireNonNull(names.get(name));
    }

    /** Returns whether the pattern has a back reference, so that captures must be recorded. */
    boolean refersBack() {
        return refersBack;
    }

    private PatternNode choice() {
        if (++depth > MAX_DEPTH) {
            throw error("nested too deeply");
        }
        var options = new ArrayList<PatternNode>();
        do {
            options.add(sequence());
        } while (take('|'));
        depth--;
        return options.size() == 1 ? options.get(0) : new PatternNode.Choice(options);
    }

    private PatternNode sequence() {
        var parts = new ArrayList<PatternNode>();
        while (at < source.length() && peek() != '|' && peek() != ')') {
            parts.add(term());
        }
        return parts.size() == 1 ? parts.get(0) : new PatternNode.Sequence(List.copyOf(parts));
    }

    private PatternNode term() {
        int firstGroup = groups;
        boolean isCondition = startsWithAny("^", "$", "\\b", "\\B", "(?=", "(?!", "(?<=", "(?<!");
        PatternNode atom = atom();
        return isCondition ? unrepeated(atom) : repeated(atom, firstGroup);
    }

    private PatternNode unrepeated(PatternNode condition) {
        if (peek() == '*' || peek() == '+' || peek() == '?' || count() != null) {
            throw error("nothing to repeat");
        }
        return condition;
    }

    private PatternNode repeated(PatternNode atom, int firstGroup) {
        Count count =
                take('*')
                        ? new Count(0, PatternNode.UNBOUNDED)
                        : take('+')
                                ? new Count(1, PatternNode.UNBOUNDED)
                                : take('?') ? new Count(0, 1) : count();
        if (count == null) {
            return atom;
        }
        boolean greedy = !take('?');
        if (peek() == '*' || peek() == '+' || peek() == '?' || count() != null) {
            throw error("nothing to repeat");
        }
        return new PatternNode.Repeat(atom, count.min, count.max, greedy, firstGroup, groups);
    }

    private record Count(int min, int max) {}

    /**
     * Parses {@code {n}}, {@code {n,}} or {@code {n,m}}. If none is next, returns null and does not
     * advance.
     */
    private @Nullable Count count() {
        int from = at;
        if (take('{')) {
            int min = number();
            int max = min;
            if (min != END && take(',')) {
                max = peek() == '}' ? PatternNode.UNBOUNDED : number();
            }
            if (min != END && max != END && take('}')) {
                if (max < min) {
                    throw error("the counts of {} are out of order");
                }
                return new Count(min, max);
            }
        }
        at = from;
        return null;
    }

    /** Parses a decimal number. If none is next, returns {@link #END}. */
    private int number() {
        int from = at;
        long value = 0;
        while (isDigit(peek())) {
            value = Math.min(value * 10 + (next() - '0'), Integer.MAX_VALUE);
        }
        if (value > MAX_COUNT) {
            throw error("a count is over " + MAX_COUNT);
        }
        return from == at ? END : (int) value;
    }

    private PatternNode atom() {
        int c = next();
        return switch (c) {
            case '^' -> PatternNode.Assertion.START;
            case '$' -> PatternNode.Assertion.END;
            case '.' -> new PatternNode.CodePoint(CharacterSet.LINE_ENDS.negated());
            case '(' -> group();
            case '[' -> new PatternNode.CodePoint(characterClass());
            case '\\' -> escape();
            case '*', '+', '?' -> throw error("nothing to repeat");
            case '{' -> {
                at--;
                if (count() != null) {
                    throw error("nothing to repeat");
                }
                at++;
                yield one(c);
            }
            default -> one(c);
        };
    }

    private static PatternNode one(int codePoint) {
        return new PatternNode.CodePoint(CharacterSet.of(codePoint));
    }

    private PatternNode group() {
        if (!take('?')) {
            return captured(groups++);
        }
        if (take(':')) {
            return closed(choice());
        }
        if (take('=')) {
            return new PatternNode.Lookaround(closed(choice()), true, false);
        }
        if (take('!')) {
            return new PatternNode.Lookaround(closed(choice()), true, true);
        }
        if (!take('<')) {
            throw error("unknown kind of group");
        }
        if (take('=')) {
            return new PatternNode.Lookaround(closed(choice()), false, false);
        }
        if (take('!')) {
            return new PatternNode.Lookaround(closed(choice()), false, true);
        }
        int index = groups++;
        if (names.put(name(), index) != null) {
            throw error("two groups have the same name");
        }
        return captured(index);
    }

    private PatternNode captured(int index) {
        return new PatternNode.Group(index, closed(choice()));
    }

    private PatternNode closed(PatternNode body) {
        if (!take(')')) {
            throw error("a group is not closed");
        }
        return body;
    }

    /** Parses the rest of a group's name, with the {@code >}. */
    private String name() {
        var name = new StringBuilder();
        while (peek() != '>') {
            int c = next();
            if (c == '\\') {
                if (!take('u')) {
                    throw error("the name of a group has an escape other than \\u");
                }
                c = unicode();
            }
            boolean fits =
                    name.isEmpty()
                            ? Character.isUnicodeIdentifierStart(c) || c == '$' || c == '_'
                            : Character.isUnicodeIdentifierPart(c) || c == '$';
            if (!fits) {
                throw error("the name of a group is not an identifier");
            }
            name.appendCodePoint(c);
        }
        at++;
        if (name.isEmpty()) {
            throw error("the name of a group is empty");
        }
        return name.toString();
    }

    private PatternNode escape() {
        int c = peek();
        if (take('b')) {
            return PatternNode.Assertion.WORD_BOUNDARY;
        }
        if (take('B')) {
            return PatternNode.Assertion.NO_WORD_BOUNDARY;
        }
        if (take('k')) {
            return named();
        }
        if (c >= '1' && c <= '9') {
            int group = number();
            refersBack = true;
            checks.add(() -> group < groups ? "" : "there is no group " + group);
            return new PatternNode.BackReference(group);
        }
        CharacterSet set = setEscape();
        return set == null ? one(characterEscape()) : new PatternNode.CodePoint(set);
    }

    /**
     * Parses a named reference. The group may come after the reference, so the name is checked at
     * the end of the pattern.
     */
    private PatternNode named() {
        if (!take('<')) {
            throw error("\\k is not followed by the name of a group");
        }
        String name = name();
        refersBack = true;
        checks.add(() -> names.containsKey(name) ? "" : "there is no group " + name);
        return new PatternNode.NamedReference(name);
    }

    /** Parses {@code \d} and similar escapes. If another escape is next, returns null. */
    private @Nullable CharacterSet setEscape() {
        int c = peek();
        CharacterSet set =
                switch (c) {
                    case 'd', 'D' -> CharacterSet.DIGITS;
                    case 'w', 'W' -> CharacterSet.WORD;
                    case 's', 'S' -> CharacterSet.SPACES;
                    case 'p', 'P' -> property();
                    default -> null;
                };
        if (set == null) {
            return null;
        }
        if (c != 'p' && c != 'P') {
            at++;
        }
        return Character.isUpperCase(c) ? set.negated() : set;
    }

    private CharacterSet property() {
        at++;
        int end = source.indexOf('}', at);
        if (!take('{') || end < 0) {
            throw error("\\p is not followed by {…}");
        }
        String name = source.substring(at, end);
        at = end + 1;
        return UnicodeProperty.of(name).orElseThrow(() -> error("unknown property " + name));
    }

    private int characterEscape() {
        int c = next();
        return switch (c) {
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            case '0' -> {
                if (isDigit(peek())) {
                    throw error("octal escapes are not allowed");
                }
                yield 0;
            }
            case 'c' -> {
                int letter = next();
                if (!isAsciiLetter(letter)) {
                    throw error("\\c is not followed by a letter");
                }
                yield letter % 32;
            }
            case 'x' -> hex(2);
            case 'u' -> unicode();
            default -> {
                if (isDigit(c) || isAsciiLetter(c)) {
                    throw error("\\" + Character.toString(c) + " is not an escape");
                }
                yield c;
            }
        };
    }

    private int unicode() {
        if (take('{')) {
            int from = at;
            int value = 0;
            while (!take('}')) {
                value = value * 16 + hex(1);
                if (value > Character.MAX_CODE_POINT) {
                    throw error("\\u{…} is over 10FFFF");
                }
            }
            if (from == at - 1) {
                throw error("\\u{} is empty");
            }
            return value;
        }
        int unit = hex(4);
        if (Character.isHighSurrogate((char) unit) && source.startsWith("\\u", at)) {
            int from = at;
            at += 2;
            if (peek() != '{') {
                int low = hex(4);
                if (Character.isLowSurrogate((char) low)) {
                    return Character.toCodePoint((char) unit, (char) low);
                }
            }
            at = from;
        }
        return unit;
    }

    private int hex(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int c = next();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw error("a hexadecimal digit is missing");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private CharacterSet characterClass() {
        boolean negated = take('^');
        var sets = new ArrayList<CharacterSet>();
        while (!take(']')) {
            CharacterSet set = classSet();
            if (set != null) {
                sets.add(set);
                continue;
            }
            int from = classCharacter();
            int back = at;
            if (take('-') && peek() != ']' && peek() != END && classSet() == null) {
                int to = classCharacter();
                if (to < from) {
                    throw error("a range is out of order");
                }
                sets.add(CharacterSet.range(from, to));
            } else {
                at = back;
                sets.add(CharacterSet.of(from));
            }
        }
        CharacterSet all = CharacterSet.anyOf(sets);
        return negated ? all.negated() : all;
    }

    /**
     * Parses {@code \d} and similar escapes in a class. If a character is next, returns null and
     * does not advance.
     */
    private @Nullable CharacterSet classSet() {
        int from = at;
        if (take('\\')) {
            CharacterSet set = setEscape();
            if (set != null) {
                return set;
            }
        }
        at = from;
        return null;
    }

    private int classCharacter() {
        int c = next();
        if (c != '\\') {
            return c;
        }
        return take('b') ? '\b' : characterEscape();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAsciiLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private int peek() {
        return at < source.length() ? source.codePointAt(at) : END;
    }

    private int next() {
        if (at >= source.length()) {
            throw error("the pattern ends too early");
        }
        int c = source.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    private boolean startsWithAny(String... prefixes) {
        return Arrays.stream(prefixes).anyMatch(prefix -> source.startsWith(prefix, at));
    }

    private boolean take(char expected) {
        boolean found = at < source.length() && source.charAt(at) == expected;
        at += found ? 1 : 0;
        return found;
    }

    private PatternSyntaxException error(String description) {
        return new PatternSyntaxException(description, source, at);
    }
}
