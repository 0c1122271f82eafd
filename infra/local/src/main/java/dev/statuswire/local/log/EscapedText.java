package dev.statuswire.local.log;

/**
 * Escapes text for the log, because the text may come from a client. A line break in it would start
 * a line that looks like one of the process's own, and an escape sequence would change what a
 * terminal shows.
 */
final class EscapedText {

    private EscapedText() {}

    /**
     * Returns {@code text} with each character escaped that ends a line, controls a terminal or
     * changes the order of characters: control characters, line and paragraph separators, format
     * characters and unpaired surrogates.
     */
    static String of(String text) {
        return text.codePoints().allMatch(EscapedText::isPlain) ? text : escaped(text);
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints()
                .forEach(
                        each -> {
                            if (isPlain(each)) {
                                escaped.appendCodePoint(each);
                            } else {
                                escaped.append(escape(each));
                            }
                        });
        return escaped.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT,
                    Character.SURROGATE ->
                    false;
            default -> true;
        };
    }

    private static String escape(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                    codePoint < 0x10000
                            ? "\\u%04x".formatted(codePoint)
                            : "\\u{%x}".formatted(codePoint);
        };
    }
}
