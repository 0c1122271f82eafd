package dev.statuswire.core.store;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Submission;

/** What became of a submission. */
public sealed interface SubmitOutcome {

    /** The stored request, as it is now. */
    Request request();

    /** A new request was stored. */
    record Created(Request request) implements SubmitOutcome {}

    /** The same content was submitted before; nothing was stored. */
    record Repeated(Request request) implements SubmitOutcome {}

    /** The id or the idempotency key stands for other content; nothing was stored. */
    record Conflict(Request request) implements SubmitOutcome {}

    /** Returns the outcome of {@code submission} where {@code found} is stored already. */
    static SubmitOutcome of(Submission submission, Request found) {
        return submission.isContentOf(found) ? new Repeated(found) : new Conflict(found);
    }
}
