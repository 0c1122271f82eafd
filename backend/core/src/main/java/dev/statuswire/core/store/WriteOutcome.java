package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import java.util.Optional;

/** What became of a conditional write. Losing a race is an outcome, not an error. */
public sealed interface WriteOutcome {

    /**
     * It happened.
     *
     * @param request as it is after it, or later: others may have written since where the answer to
     *     this write was lost and it was sent again
     */
    record Done(Request request) implements WriteOutcome {}

    /**
     * Its condition did not hold.
     *
     * @param current the request as it was found; empty where there is none
     */
    record Refused(Optional<Request> current) implements WriteOutcome {}
}
