package dev.statuswire.api.http;

import java.util.Optional;

/**
 * Scans the value of a header field once, from left to right, by the lexical rules that the fields
 * of HTTP share. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6">RFC 9110, section 5.6, Common
 *     Rules for Defining Field Values</a>
 */
public final class HeaderFieldScanner {

    private static final String DELIMITERS = "\"(),/:;<=>?@[\\]{}";

    private final String value;
    private int position;

    /** Creates a scanner at the start of {@code value}. */
    public HeaderFieldScanner(String value) {
        this.value = value;
    }

    /** Returns whether the scanner is at the end of the value. */
    public boolean isAtEnd() {
        return position == value.length();
    }

    /** Skips spaces and tabs. */
    public HeaderFieldScanner skipSpace() {
        while (isNext(' ') || isNext('\t')) {
            position++;
        }
        return this;
    }

    /**
     * Skips {@code character}. If another character is next, returns false and does not advance.
     */
    public boolean skip(char character) {
        boolean isNext = isNext(character);
        if (isNext) {
            position++;
        }
        return isNext;
    }

    /** Returns whether one of {@code characters} is next, or the scanner is at the end. */
    public boolean isAt(String characters) {
        return isAtEnd() || characters.indexOf(value.charAt(position)) >= 0;
    }

    private boolean isNext(char character) {
        return !isAtEnd() && value.charAt(position) == character;
    }

    /** Reads a token. If no token is next, returns empty and does not advance. */
    public Optional<String> token() {
        int start = position;
        while (!isAtEnd() && isTokenCharacter(value.charAt(position))) {
            position++;
        }
        return Optional.of(value.substring(start, position)).filter(text -> !text.isEmpty());
    }

    private static boolean isTokenCharacter(char character) {
        return character > ' ' && character < 0x7f && DELIMITERS.indexOf(character) < 0;
    }

    /**
     * Reads a token or a quoted string. Returns a quoted string without its quotes and escapes, and
     * empty if neither is next.
     */
    public Optional<String> word() {
        return isNext('"') ? quotedString() : token();
    }

    /** A quoted string without a closing quote extends to the end of the field and is invalid. */
    private Optional<String> quotedString() {
        var text = new StringBuilder();
        position++;
        while (!isAtEnd()) {
            char character = value.charAt(position++);
            if (character == '"') {
                return Optional.of(text.toString());
            }
            boolean isEscape = character == '\\' && !isAtEnd();
            text.append(isEscape ? value.charAt(position++) : character);
        }
        return Optional.empty();
    }

    /**
     * Reads a text between quotes, in which a backslash has no special meaning. Returns empty if
     * none is next.
     */
    public Optional<String> opaque() {
        int end = isNext('"') ? value.indexOf('"', position + 1) : -1;
        if (end < 0) {
            return Optional.empty();
        }
        String text = value.substring(position + 1, end);
        position = end + 1;
        return Optional.of(text);
    }

    /** Skips to the next {@code character}, or to the end. */
    public void skipTo(char character) {
        int next = value.indexOf(character, position);
        position = next < 0 ? value.length() : next;
    }

    /** Skips the rest of a list element, up to the next comma or the end. */
    public void skipElement() {
        while (!isAtEnd() && !isNext(',')) {
            if (isNext('"')) {
                quotedString();
            } else {
                position++;
            }
        }
    }
}
