package dev.statuswire.api.http;

import java.util.Optional;

/**
 * Reads the value of a header field from left to right, once, by the words that the grammars of
 * HTTP share. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6">RFC 9110, section 5.6, Common
 *     Rules for Defining Field Values</a>
 */
public final class FieldScanner {

    private static final String NOT_OF_TOKENS = "\"(),/:;<=>?@[\\]{}";

    private final String value;
    private int position;

    /** Reads {@code value} from its start. */
    public FieldScanner(String value) {
        this.value = value;
    }

    /** Returns whether nothing is left. */
    public boolean isAtEnd() {
        return position == value.length();
    }

    /** Passes over spaces and tabs. */
    public FieldScanner skipSpace() {
        while (isNext(' ') || isNext('\t')) {
            position++;
        }
        return this;
    }

    /** Passes over {@code character}; returns false and stays if another one is next. */
    public boolean skip(char character) {
        boolean isNext = isNext(character);
        if (isNext) {
            position++;
        }
        return isNext;
    }

    /** Returns whether one of {@code characters} is next, or nothing is left. */
    public boolean isAt(String characters) {
        return isAtEnd() || characters.indexOf(value.charAt(position)) >= 0;
    }

    private boolean isNext(char character) {
        return !isAtEnd() && value.charAt(position) == character;
    }

    /** Reads a token; empty, and stays, if none is next. */
    public Optional<String> token() {
        int start = position;
        while (!isAtEnd() && isOfTokens(value.charAt(position))) {
            position++;
        }
        return Optional.of(value.substring(start, position)).filter(text -> !text.isEmpty());
    }

    private static boolean isOfTokens(char character) {
        return character > ' ' && character < 0x7f && NOT_OF_TOKENS.indexOf(character) < 0;
    }

    /**
     * Reads a token or a quoted string, without its quotes and escapes; empty if neither is next.
     */
    public Optional<String> word() {
        return isNext('"') ? quotedString() : token();
    }

    /** Without a quote at its end it reaches to the end of the field, and is none. */
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

    /** Reads what is between quotes, in which a backslash has no meaning; empty if none is next. */
    public Optional<String> opaque() {
        int end = isNext('"') ? value.indexOf('"', position + 1) : -1;
        if (end < 0) {
            return Optional.empty();
        }
        String text = value.substring(position + 1, end);
        position = end + 1;
        return Optional.of(text);
    }

    /** Passes over everything up to the next {@code character}, or to the end. */
    public void skipTo(char character) {
        int next = value.indexOf(character, position);
        position = next < 0 ? value.length() : next;
    }

    /** Passes over the rest of an element of a list, up to the comma after it or to the end. */
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
