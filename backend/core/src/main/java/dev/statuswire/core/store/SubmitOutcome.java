package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Submission;

/** The outcome of a submission. */
public sealed interface SubmitOutcome {

    /** Returns the stored request, in its current state. */
    Request request();

    /** A new request was stored. */
    record Created(Request request) implements SubmitOutcome {}

    /** The same content was submitted before; nothing was stored. */
    record Repeated(Request request) implements SubmitOutcome {}

    /**
     * The id or the idempotency key belongs to a request with other content; nothing was stored.
     */
    record Conflict(Request request) implements SubmitOutcome {}

    /** Returns the outcome of {@code submission} if {@code found} is already stored. */
    static SubmitOutcome of(Submission submission, Request found) {
        return submission.isContentOf(found) ? new Repeated(found) : new Conflict(found);
    }
}
