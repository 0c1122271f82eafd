package dev.statuswire.identity;

import java.nio.charset.StandardCharsets;

/**
 * Checks whether a token's subject can be an owner. The owner is part of a request's key, so two
 * different subjects must never be stored as the same text. An unpaired surrogate would be written
 * as a question mark, and bytes that are not UTF-8 are read as the replacement character.
 */
final class TokenSubject {

    /** The maximum length of {@code sub} according to OpenID Connect Core 1.0, section 2. */
    private static final int LONGEST = 255;

    private static final int REPLACEMENT = 0xFFFD;

    private TokenSubject() {}

    /**
     * Returns whether {@code subject} has 1 to 255 characters that are not all white space, no
     * control characters, and nothing that was or would be replaced.
     */
    static boolean isValid(String subject) {
        return !subject.codePoints().allMatch(TokenSubject::isSpace)
                && subject.codePointCount(0, subject.length()) <= LONGEST
                && StandardCharsets.UTF_8.newEncoder().canEncode(subject)
                && subject.codePoints().noneMatch(TokenSubject::isUnfit);
    }

    /**
     * Returns whether Java or Unicode defines the character as white space. Neither definition
     * includes all of the other.
     */
    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isUnfit(int character) {
        return character == REPLACEMENT || Character.isISOControl(character);
    }
}
