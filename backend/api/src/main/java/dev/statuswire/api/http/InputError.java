package dev.statuswire.api.http;

/**
 * What is wrong with one part of a body.
 *
 * @param pointer to the part (RFC 6901), such as {@code /input/dish}; empty for the whole body
 * @param detail for a person
 */
public record InputError(String pointer, String detail) {

    /**
     * How many code points a pointer or detail has in a response, besides the … of a longer one.
     */
    static final int MAX_LENGTH = 1000;

    /** This error, with an … for the rest of a pointer or detail that is too long. */
    InputError cut() {
        String start = cut(pointer);
        boolean halvesEscape = !start.equals(pointer) && start.endsWith("~…");
        return new InputError(
                halvesEscape ? start.substring(0, start.length() - 2) + "…" : start, cut(detail));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= MAX_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH)) + "…";
    }

    /** The pointer to the member {@code name} of what {@code parent} points to. */
    public static String pointer(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
