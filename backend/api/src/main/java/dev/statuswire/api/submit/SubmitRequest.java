package dev.statuswire.api.submit;

import dev.statuswire.api.http.Caller;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.RequestHeaders;
import dev.statuswire.api.status.StatusAnswers;
import dev.statuswire.core.request.RequestKey;
import io.javalin.http.Context;
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

    /**
     * Handles the one with an id of the client's.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.5">RFC 9110, section 14.5,
     *     Partial PUT</a>
     */
    public void put(Context call) {
        RequestKey key = caller.newKey(call);
        if (call.header("Content-Range") != null) {
            throw ProblemKind.MALFORMED_REQUEST.because(
                    "Send the whole request, without Content-Range.");
        }
        answer(call, acceptance.submit(key, reader.read(call)), ProblemKind.ID_TAKEN);
    }

    /** Handles the one whose id is chosen here. */
    public void post(Context call) {
        Optional<String> idempotencyKey =
                IdempotencyKey.id(RequestHeaders.of(call, "Idempotency-Key"));
        Content content = reader.read(call);
        var key = new RequestKey(caller.owner(call), RequestKey.TIME_ORDERED + newIds.get());
        Accepted accepted =
                idempotencyKey
                        .map(used -> acceptance.submitOnce(key, used, content))
                        .orElseGet(() -> acceptance.submit(key, content));
        answer(call, accepted, ProblemKind.KEY_REUSED);
    }

    private void answer(Context call, Accepted accepted, ProblemKind taken) {
        switch (accepted) {
            case Accepted.AsNew asNew -> answers.accepted(call, asNew.request());
            case Accepted.Before before -> {
                answers.sayWhere(call, before.request().key());
                answers.answer(call, 200, before.request());
            }
            case Accepted.AsAnother another ->
                    throw taken.because("It was submitted with another type or input.");
        }
    }
}
