package dev.statuswire.api.request;

import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.limit.UnfinishedRequestLimit;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Handles {@code POST /requests/{id}/cancel} and {@code /retry}. Each write requires the version
 * that was read before, so a late call has no effect on a request that has changed since.
 */
public final class CancelOrRetryRequest {

    /** How often a cancel is tried if the request changes concurrently. */
    private static final int TRIES = 5;

    private final RequestStore store;
    private final Transitions transitions;
    private final InstantSource clock;
    private final UnfinishedRequestLimit load;
    private final CallerIdentity caller;
    private final StatusResponses responses;

    /**
     * Creates the handler.
     *
     * @param clock the wall clock
     */
    public CancelOrRetryRequest(
            RequestStore store,
            Transitions transitions,
            InstantSource clock,
            UnfinishedRequestLimit load,
            CallerIdentity caller,
            StatusResponses responses) {
        this.store = store;
        this.transitions = transitions;
        this.clock = clock;
        this.load = load;
        this.caller = caller;
        this.responses = responses;
    }

    private Request find(RequestKey key) {
        return store.find(key).orElseThrow(CallerIdentity::unknown);
    }

    /** Handles {@code /cancel}. */
    public void cancel(Context call) {
        RequestKey key = caller.key(call);
        Request seen = find(key);
        for (int tries = 0; tries < TRIES; tries++) {
            if (!seen.isCancellable()) {
                respondUnchanged(call, seen);
                return;
            }
            switch (store.apply(key, cancelOf(seen))) {
                case WriteOutcome.Done(Request request) -> {
                    responses.accepted(call, request);
                    return;
                }
                case WriteOutcome.Refused(Optional<Request> current) ->
                        seen = current.orElseThrow(CallerIdentity::unknown);
            }
        }
        throw wrongStatus("The request changed too often during the call; try again.");
    }

    private Transition cancelOf(Request seen) {
        Instant now = clock.instant();
        return seen.status() == Status.RUNNING
                ? transitions.cancelRunning(seen, now)
                : transitions.cancelIdle(seen, now);
    }

    /**
     * Responds without a write: the request is finished, is being undone, or its worker has already
     * been asked to stop.
     */
    private void respondUnchanged(Context call, Request found) {
        if (!found.isUnderstood()) {
            throw ofNewerRelease();
        }
        switch (found.status()) {
            case SCHEDULED, ACCEPTED, RUNNING, RETRYING, WAITING -> {
                if (found.undoing() != null && found.undoing().outcome() == Status.FAILED) {
                    throw wrongStatus("The request has failed and is being undone.");
                }
                responses.accepted(call, found);
            }
            case CANCELLED -> responses.found(call, found);
            case SUCCEEDED, FAILED ->
                    throw wrongStatus("The request is already " + found.status() + ".");
            case UNKNOWN -> throw ofNewerRelease();
        }
    }

    /** Handles {@code /retry}. */
    public void retry(Context call) {
        RequestKey key = caller.key(call);
        if (!load.admits(key.owner())) {
            throw UnfinishedRequestLimit.tooMany();
        }
        Request seen = find(key);
        if (!seen.isUnderstood()) {
            throw ofNewerRelease();
        }
        switch (store.apply(key, transitions.retry(seen, clock.instant()))) {
            case WriteOutcome.Done(Request request) -> {
                load.add(key.owner());
                responses.accepted(call, request);
            }
            case WriteOutcome.Refused(Optional<Request> current) ->
                    throw wrongStatus(
                            "The request is "
                                    + current.orElseThrow(CallerIdentity::unknown).statusText()
                                    + "; only a FAILED or CANCELLED request can be retried.");
        }
    }

    private static ProblemException ofNewerRelease() {
        return wrongStatus("A newer release wrote the request; this release can only show it.");
    }

    private static ProblemException wrongStatus(String detail) {
        return ProblemKind.WRONG_STATUS.because(detail);
    }
}
