package dev.statuswire.api.contract;

import java.util.Locale;

/**
 * The ways in which another front end differs from the API itself. {@code openapi.yaml} documents
 * them under {@code x-gateway}. No test of the contract skips a difference: each asserts the
 * response that the front end gives instead.
 */
public enum Difference {
    /**
     * A body that is not JSON is refused like an input that breaks the schema: 422 instead of 400.
     */
    NOT_JSON_IS_INVALID,
    /** If the body has the type or the input twice, the last one is used. */
    LAST_KEY_COUNTS,
    /**
     * Unpaired surrogates, and bytes that are not UTF-8, become replacement characters; U+007F that
     * is not escaped is removed.
     */
    TEXT_IS_REPAIRED,
    /**
     * How deeply an input may nest depends on the front end's own parser, and is not documented.
     */
    DEPTH_IS_ITS_OWN,
    /**
     * A body without a media type counts as JSON; parameters and {@code Content-Encoding} are
     * ignored.
     */
    MEDIA_TYPE_IS_LENIENT,
    /** Problems do not say which part of the body is invalid. */
    NO_POINTERS,
    /** Contents are compared as the stored text, so the order of keys matters. */
    CONTENT_IS_TEXT,
    /**
     * Other content under the same id is 409, even if the stored item has an unreadable part,
     * unless that part is its type, input, status or version.
     */
    CONTENT_IS_COMPARED_FIRST,
    /** The id of an expired request cannot be reused until its item is deleted. */
    EXPIRED_ID_IS_TAKEN,
    /** A stored time is not shown if its format is not the one that every release writes. */
    TIMES_ARE_NOT_READ,
    /**
     * A number that is not written like its value as a double requires a body without white space.
     */
    DIGITS_NEED_A_COMPACT_BODY,
    /** A number too close to 0 for a double is stored as written. */
    SMALL_NUMBERS_ARE_KEPT,
    /** A call with {@code Prefer: wait} returns at once, which RFC 7240 allows. */
    NEVER_WAITS,
    /** A 304 has a media type. */
    MEDIA_TYPE_OF_NOTHING;

    /** Returns the name of the difference in {@code openapi.yaml}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
