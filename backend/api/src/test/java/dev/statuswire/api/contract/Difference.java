package dev.statuswire.api.contract;

import java.util.Locale;

/**
 * What a door that is not the API itself does otherwise. {@code openapi.yaml} says so under {@code
 * x-gateway}, and no test of the contract passes over it: each says what is answered instead.
 */
public enum Difference {
    /** What is not JSON is refused as what the schema does not accept: 422 instead of 400. */
    NOT_JSON_IS_INVALID,
    /** Of a type or an input that is given twice, the last one counts. */
    LAST_KEY_COUNTS,
    /**
     * Half a surrogate pair, and bytes that are not UTF-8, become replacement characters; U+007F
     * that is not escaped is left out.
     */
    TEXT_IS_REPAIRED,
    /**
     * An input may nest as deeply as the door's own reader bears, which nobody has written down.
     */
    DEPTH_IS_ITS_OWN,
    /** No media type is JSON; its parameters and {@code Content-Encoding} are not looked at. */
    MEDIA_TYPE_IS_LENIENT,
    /** Which part of the body is not accepted is not told. */
    NO_POINTERS,
    /** Contents are the same where the text that is stored is: the order of keys counts. */
    CONTENT_IS_TEXT,
    /**
     * Other content under an id is 409, even if a part of the stored item other than its type,
     * input, status and version cannot be read.
     */
    CONTENT_IS_COMPARED_FIRST,
    /** The id of an expired request stays taken until its item is deleted. */
    EXPIRED_ID_IS_TAKEN,
    /** A stored time in another format than that of every release is not shown. */
    TIMES_ARE_NOT_READ,
    /** Numbers that are not written as their double is need a body without white space. */
    DIGITS_NEED_A_COMPACT_BODY,
    /** A number too close to 0 for a double is kept as it is written. */
    SMALL_NUMBERS_ARE_KEPT,
    /** {@code Prefer: wait} is answered at once, which RFC 7240 allows. */
    NEVER_WAITS,
    /** A 304 has a media type. */
    MEDIA_TYPE_OF_NOTHING;

    /** Its name in {@code openapi.yaml}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
