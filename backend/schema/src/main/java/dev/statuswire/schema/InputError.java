package dev.statuswire.schema;

/**
 * An error in one part of a body.
 *
 * @param pointer to the part (RFC 6901), such as {@code /input/dish}; empty for the whole body
 * @param detail a sentence without a full stop, for a person: {@code dish is required}
 */
public record InputError(String pointer, String detail) {

    /**
     * The maximum length of a pointer or detail in a response, in code points. The … of a truncated
     * one is not counted.
     */
    public static final int MAX_LENGTH = 1000;

    /** The maximum length of a name in a detail, so that the rest of the sentence fits too. */
    private static final int MAX_NAME = 100;

    /**
     * Creates an error with a sentence about a named value.
     *
     * @param name the subject of the sentence; a long name is truncated
     * @param fault the rest of the sentence, such as {@code is required}
     */
    public static InputError about(String pointer, String name, String fault) {
        String subject = name.isEmpty() ? "\"\"" : cut(name, MAX_NAME);
        return new InputError(pointer, subject + " " + fault);
    }

    /**
     * Returns this error with its pointer and detail truncated, each with an … at the end, if they
     * are too long.
     */
    public InputError cut() {
        String start = cut(pointer, MAX_LENGTH);
        boolean halvesEscape = !start.equals(pointer) && start.endsWith("~…");
        return new InputError(
                halvesEscape ? start.substring(0, start.length() - 2) + "…" : start,
                cut(detail, MAX_LENGTH));
    }

    private static String cut(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length)) + "…";
    }

    /** Returns the pointer to the member {@code name} of the value at {@code parent}. */
    public static String pointer(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
