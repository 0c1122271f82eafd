package dev.statuswire.core.json;

/** Thrown for a text that is not strictly one JSON value, or has a value that cannot be kept. */
public final class NotJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the text. */
    public enum Reason {
        SYNTAX("It is not one JSON value."),
        KEY_TWICE("An object in it has the same key twice."),
        DEPTH("It nests deeper than " + JsonReader.MAX_DEPTH + " levels."),
        NUMBER("A number in it has more than " + JsonReader.MAX_NUMBER + " characters."),
        EXPONENT("The exponent of a number in it is too large."),
        SURROGATE("A text in it has half of a surrogate pair."),
        SIZE("It has too many values.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** A sentence for the author of the text. It has nothing of the text itself. */
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
