package dev.statuswire.tests.faults;

import java.time.Duration;
import java.util.regex.Pattern;

/** What a {@link FaultProxy} does to what passes it. */
public sealed interface Fault {

    /** Nothing: everything passes. */
    record None() implements Fault {}

    /** Each piece of an answer comes so much later. */
    record Delay(Duration by) implements Fault {}

    /** Connections are reset (RST), those that are there and those that come. */
    record Reset() implements Fault {}

    /**
     * The other side is gone without a word: connections are accepted, what is sent is taken, and
     * nothing is ever answered. Once it is over, what was sent is lost and its connection is reset.
     */
    record HalfOpen() implements Fault {}

    /**
     * Nothing gets through, not even a connect. Once it is over, what was on its way arrives, as
     * TCP sends it again.
     */
    record BlackHole() implements Fault {}

    /** Nobody listens: connects are refused, and the connections that are there are reset. */
    record Refuse() implements Fault {}

    /**
     * Answers are cut: the request arrives, and its connection is reset after some of the answer.
     *
     * @param afterBytes of the answer that still pass, 0 or more
     * @param to cuts only answers to requests in which this regular expression is found
     * @param times how many are cut; those after pass
     */
    record Cut(int afterBytes, String to, int times) implements Fault {

        boolean names(CharSequence request) {
            return Pattern.compile(to, Pattern.DOTALL).matcher(request).find();
        }

        /** Every answer. */
        static Cut every(int afterBytes) {
            return new Cut(afterBytes, "", Integer.MAX_VALUE);
        }
    }
}
