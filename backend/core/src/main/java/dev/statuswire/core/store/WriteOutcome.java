package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import java.util.Optional;

/** The outcome of a conditional write. Losing a race is an outcome, not an error. */
public sealed interface WriteOutcome {

    /**
     * The write succeeded.
     *
     * @param request the request after the write, or a later version of it: if the response was
     *     lost and the write was sent again, others may have written in between
     */
    record Done(Request request) implements WriteOutcome {}

    /**
     * The write was refused, because its condition did not hold.
     *
     * @param current the request that was found; empty if there is none
     */
    record Refused(Optional<Request> current) implements WriteOutcome {}
}
