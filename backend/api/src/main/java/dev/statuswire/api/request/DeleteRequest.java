package dev.statuswire.api.request;

import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.transition.Transitions;
import io.javalin.http.Context;
import java.util.Optional;

/** Handles {@code DELETE /requests/{id}}: deletes a finished request. */
public final class DeleteRequest {

    private final RequestStore store;
    private final CallerIdentity caller;

    /** Creates the handler. */
    public DeleteRequest(RequestStore store, CallerIdentity caller) {
        this.store = store;
        this.caller = caller;
    }

    /** Handles the call. */
    public void handle(Context call) {
        RequestKey key = caller.key(call);
        Request seen = store.find(key).orElseThrow(CallerIdentity::unknown);
        Optional<Request> left =
                seen.isDeletable()
                        ? store.delete(key, Transitions.deletable(seen))
                        : Optional.of(seen);
        if (left.isPresent()) {
            throw ProblemKind.WRONG_STATUS.because(
                    "The request is %s; only a finished request can be deleted."
                            .formatted(left.get().statusText()));
        }
        ResponseWriter.empty(call, 204);
    }
}
