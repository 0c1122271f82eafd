package dev.statuswire.api.submit;

import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.requests.Backlog;
import dev.statuswire.api.requests.OwnerLoad;
import dev.statuswire.api.requests.RequestWrites;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.StoreException;
import dev.statuswire.core.store.Submission;
import java.util.function.Supplier;

/**
 * Accepts what a client submits. That is exactly one call to the database: a conditional write,
 * which brings back what is there already. Blocks; thread-safe.
 */
public final class Acceptance {

    private final RequestWrites writes;
    private final RequestStore store;
    private final OwnerLoad load;
    private final Backlog backlog;

    public Acceptance(RequestWrites writes, RequestStore store, OwnerLoad load, Backlog backlog) {
        this.writes = writes;
        this.store = store;
        this.load = load;
        this.backlog = backlog;
    }

    /**
     * Stores {@code content} under {@code key}, unless there is something already.
     *
     * @throws ProblemException if the owner has too many unfinished requests, or the system is
     *     overloaded and the owner has used up its fair share
     * @throws StoreException if it is unknown whether the content was stored; to submit it again is
     *     safe
     */
    Accepted submit(RequestKey key, Content content) {
        if (backlog.isTooLong(key.owner())) {
            return repeated(key, content, Backlog::overloaded);
        }
        if (!load.admits(key.owner())) {
            return repeated(key, content, OwnerLoad::tooMany);
        }
        return switch (writes.submit(key, content.type(), content.inputText())) {
            case Submission.Accepted(Request request) -> {
                load.add(key.owner());
                backlog.accepted(request);
                yield new Accepted.AsNew(request);
            }
            case Submission.Exists(Request request) -> compared(request, content);
        };
    }

    /** An owner who is refused a new request may still submit a stored one again. */
    private Accepted repeated(RequestKey key, Content content, Supplier<ProblemException> refusal) {
        return store.find(key).map(found -> compared(found, content)).orElseThrow(refusal);
    }

    private static Accepted compared(Request found, Content content) {
        return content.isThatOf(found) ? new Accepted.Before(found) : new Accepted.AsAnother();
    }
}
