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
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Accepts what a client submits. That is exactly one call to the database: a conditional write,
 * which brings back what is there already. An idempotency key that was used before takes two.
 * Blocks; thread-safe.
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
        return refusal(key.owner())
                .map(refused -> repeated(store.find(key), content, refused))
                .orElseGet(
                        () ->
                                stored(
                                        writes.submit(key, content.type(), content.inputText()),
                                        content));
    }

    /**
     * Stores {@code content} under {@code key}, unless the owner has used {@code idempotencyKey}
     * already.
     *
     * @param key its id is new
     * @throws ProblemException as for {@link #submit}
     * @throws StoreException as for {@link #submit}
     */
    Accepted submitOnce(RequestKey key, String idempotencyKey, Content content) {
        return refusal(key.owner())
                .map(
                        refused ->
                                repeated(
                                        writes.findSubmitted(key.owner(), idempotencyKey),
                                        content,
                                        refused))
                .orElseGet(
                        () ->
                                stored(
                                        writes.submitOnce(
                                                key,
                                                idempotencyKey,
                                                content.type(),
                                                content.inputText()),
                                        content));
    }

    /** Why the owner may not have one more request. */
    private Optional<Supplier<ProblemException>> refusal(String owner) {
        if (backlog.isTooLong(owner)) {
            return Optional.of(Backlog::overloaded);
        }
        return load.admits(owner) ? Optional.empty() : Optional.of(OwnerLoad::tooMany);
    }

    private Accepted stored(Submission submission, Content content) {
        return switch (submission) {
            case Submission.Accepted(Request request) -> {
                load.add(request.key().owner());
                backlog.accepted(request);
                yield new Accepted.AsNew(request);
            }
            case Submission.Exists(Request request) -> compared(request, content);
        };
    }

    /** An owner who is refused a new request may still submit a stored one again. */
    private static Accepted repeated(
            Optional<Request> there, Content content, Supplier<ProblemException> refusal) {
        return there.map(found -> compared(found, content)).orElseThrow(refusal);
    }

    private static Accepted compared(Request found, Content content) {
        return content.isThatOf(found) ? new Accepted.Before(found) : new Accepted.AsAnother();
    }
}
