package dev.statuswire.tests.faults;

import java.time.Duration;
import java.util.regex.Pattern;

/** What a {@link FaultProxy} does to the traffic that passes through it. */
public sealed interface Fault {

    /** No fault: all traffic passes. */
    record None() implements Fault {}

    /** Each piece of a response is delayed by this time. */
    record Delay(Duration by) implements Fault {}

    /** Connections are reset (RST), both existing and new ones. */
    record Reset() implements Fault {}

    /**
     * The server is gone without closing its connections: connections are accepted and data is
     * received, but there is never a response. Once the fault ends, the data is lost and its
     * connection is reset.
     */
    record HalfOpen() implements Fault {}

    /**
     * No traffic gets through, not even a connection attempt. Once the fault ends, data in transit
     * arrives, because TCP retransmits it.
     */
    record BlackHole() implements Fault {}

    /** No process listens: connection attempts are refused, and existing connections are reset. */
    record Refuse() implements Fault {}

    /**
     * Responses are cut off: the request arrives, and its connection is reset after a part of the
     * response.
     *
     * @param afterBytes how many bytes of the response still pass, 0 or more
     * @param to cuts off only responses to requests in which this regular expression is found
     * @param times how many responses are cut off; later ones pass
     */
    record Cut(int afterBytes, String to, int times) implements Fault {

        boolean matches(CharSequence request) {
            return Pattern.compile(to, Pattern.DOTALL).matcher(request).find();
        }

        /** Returns a fault that cuts off every response. */
        static Cut every(int afterBytes) {
            return new Cut(afterBytes, "", Integer.MAX_VALUE);
        }
    }
}
