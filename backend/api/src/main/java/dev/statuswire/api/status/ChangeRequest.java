package dev.statuswire.api.status;

import dev.statuswire.api.http.Caller;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.requests.OwnerLoad;
import dev.statuswire.api.requests.RequestWrites;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.store.Outcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.Transitions;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * {@code POST /requests/{id}/cancel} and {@code /retry}: what a user can do about a request. Where
 * a write is refused, the item that came back with it says why.
 */
public final class ChangeRequest {

    /** How often a cancel follows a request that changes its status meanwhile. */
    private static final int TRIES = 5;

    private final RequestWrites writes;
    private final OwnerLoad load;
    private final Caller caller;
    private final StatusAnswers answers;

    public ChangeRequest(
            RequestWrites writes, OwnerLoad load, Caller caller, StatusAnswers answers) {
        this.writes = writes;
        this.load = load;
        this.caller = caller;
        this.answers = answers;
    }

    /** Handles {@code /cancel}. */
    public void cancel(Context call) {
        RequestKey key = caller.key(call);
        BiFunction<Transitions, Instant, Transition> next = Transitions::cancelIdle;
        for (int tries = 0; tries < TRIES; tries++) {
            switch (writes.apply(key, next)) {
                case Outcome.Done done -> {
                    answers.accepted(call, done.request());
                    return;
                }
                case Outcome.Refused refused -> {
                    Request found = refused.current().orElseThrow(Caller::unknown);
                    if (found.status().finished() || found.cancelRequested()) {
                        answerAsItIs(call, found);
                        return;
                    }
                    next = cancelOf(found.status());
                }
            }
        }
        throw wrongStatus("It changes too quickly to be cancelled; try again.");
    }

    private static BiFunction<Transitions, Instant, Transition> cancelOf(Status status) {
        return status == Status.RUNNING ? Transitions::cancelRunning : Transitions::cancelIdle;
    }

    /** There is nothing to write: it is over, or its worker has been asked to stop already. */
    private void answerAsItIs(Context call, Request found) {
        switch (found.status()) {
            case ACCEPTED, RUNNING, RETRYING -> answers.accepted(call, found);
            case CANCELLED -> answers.answer(call, 200, found);
            case SUCCEEDED, FAILED -> throw wrongStatus("It is " + found.status() + " already.");
        }
    }

    /** Handles {@code /retry}. */
    public void retry(Context call) {
        RequestKey key = caller.key(call);
        if (!load.admits(key.owner())) {
            throw OwnerLoad.tooMany();
        }
        switch (writes.apply(key, (transitions, now) -> transitions.retry(key, now))) {
            case Outcome.Done done -> {
                load.add(key.owner());
                answers.accepted(call, done.request());
            }
            case Outcome.Refused refused ->
                    throw wrongStatus(
                            "It is "
                                    + refused.current().orElseThrow(Caller::unknown).status()
                                    + "; only what is FAILED or CANCELLED can be retried.");
        }
    }

    private static ProblemException wrongStatus(String detail) {
        return ProblemKind.WRONG_STATUS.because(detail);
    }
}
