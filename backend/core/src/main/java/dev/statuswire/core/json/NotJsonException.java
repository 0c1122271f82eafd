package dev.statuswire.core.json;

/**
 * Thrown for a text that is not exactly one valid JSON value, or contains a value that cannot be
 * stored.
 */
public final class NotJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The rule that the text breaks. */
    public enum Reason {
        SYNTAX("The text is not exactly one JSON value."),
        KEY_TWICE("An object contains the same key twice."),
        DEPTH("The text nests deeper than " + JsonReader.MAX_DEPTH + " levels."),
        NUMBER("A number has more than " + JsonReader.MAX_NUMBER + " characters."),
        EXPONENT("The exponent of a number is too large."),
        SURROGATE("A string contains an unpaired surrogate."),
        SIZE("The text contains too many values.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /**
         * Returns a sentence for the author of the text. The sentence contains nothing from the
         * text.
         */
        public String sentence() {
            return sentence;
        }
    }

    private final Reason reason;

    NotJsonException(Reason reason) {
        super(reason.sentence, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
