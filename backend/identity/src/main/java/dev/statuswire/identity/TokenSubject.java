package dev.statuswire.identity;

import java.nio.charset.StandardCharsets;

/**
 * Which subjects of tokens can name an owner. The owner is part of the key of a request, so two
 * subjects must never become the same text on the way there: half of a surrogate pair is written as
 * a question mark, and bytes that are not UTF-8 are read as the replacement character.
 */
final class TokenSubject {

    /** OpenID Connect Core 1.0, section 2: {@code sub} must not exceed it. */
    private static final int LONGEST = 255;

    private static final int REPLACEMENT = 0xFFFD;

    private TokenSubject() {}

    /**
     * Returns whether {@code subject} has 1 to 255 characters that are not all white space, no
     * control characters, and nothing that was or will be replaced.
     */
    static boolean isValid(String subject) {
        return !subject.codePoints().allMatch(TokenSubject::isSpace)
                && subject.codePointCount(0, subject.length()) <= LONGEST
                && StandardCharsets.UTF_8.newEncoder().canEncode(subject)
                && subject.codePoints().noneMatch(TokenSubject::isUnfit);
    }

    /** White space as Java and as Unicode have it: either leaves something out. */
    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isUnfit(int character) {
        return character == REPLACEMENT || Character.isISOControl(character);
    }
}
