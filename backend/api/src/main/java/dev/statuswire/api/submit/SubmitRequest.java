package dev.statuswire.api.submit;

import dev.statuswire.api.http.Caller;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.status.StatusAnswers;
import dev.statuswire.core.request.RequestKey;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code PUT /requests/{id}} and {@code POST /requests}. The two differ in who chooses the id, and
 * in what it means when it was used for something else.
 */
public final class SubmitRequest {

    private final ContentReader reader;
    private final Acceptance acceptance;
    private final Caller caller;
    private final StatusAnswers answers;
    private final Supplier<String> newIds;

    /**
     * @param newIds gives ids in the order of time
     */
    public SubmitRequest(
            ContentReader reader,
            Acceptance acceptance,
            Caller caller,
            StatusAnswers answers,
            Supplier<String> newIds) {
        this.reader = reader;
        this.acceptance = acceptance;
        this.caller = caller;
        this.answers = answers;
        this.newIds = newIds;
    }

    /** Handles the one with an id of the client's. */
    public void put(Context call) {
        submit(call, caller.key(call), ProblemKind.ID_TAKEN);
    }

    /** Handles the one whose id is chosen here. */
    public void post(Context call) {
        Optional<String> keyed =
                IdempotencyKey.id(Collections.list(call.req().getHeaders("Idempotency-Key")));
        var key = new RequestKey(caller.owner(call), keyed.orElseGet(newIds));
        submit(call, key, ProblemKind.KEY_REUSED);
    }

    private void submit(Context call, RequestKey key, ProblemKind taken) {
        switch (acceptance.submit(key, reader.read(call))) {
            case Accepted.AsNew asNew -> answers.accepted(call, asNew.request());
            case Accepted.Before before -> {
                answers.sayWhere(call, key);
                answers.answer(call, 200, before.request());
            }
            case Accepted.AsAnother another ->
                    throw taken.because("It was submitted with another type or input.");
        }
    }
}
