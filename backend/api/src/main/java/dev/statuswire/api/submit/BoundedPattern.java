package dev.statuswire.api.submit;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A pattern of a schema that gives up. Patterns such as {@code (a+)+b} can keep Java's engine busy
 * for years with a line of text, and deep ones can use up a stack with a long one. What a pattern
 * cannot decide within {@value #MAX_READS} looks at a character is taken as no match.
 */
final class BoundedPattern implements RegularExpression {

    /** A tenth of a second or so; a well-made pattern looks at each character a few times. */
    private static final int MAX_READS = 10_000_000;

    private final Pattern pattern;

    BoundedPattern(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    @Override
    public boolean matches(String value) {
        try {
            return pattern.matcher(new CountedReads(value)).find();
        } catch (TooManyReads | StackOverflowError undecided) {
            return false;
        }
    }

    private static final class CountedReads implements CharSequence {

        private final CharSequence text;
        private int reads;

        CountedReads(CharSequence text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads > MAX_READS) {
                throw new TooManyReads();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooManyReads extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyReads() {
            super(null, null, false, false);
        }
    }
}
