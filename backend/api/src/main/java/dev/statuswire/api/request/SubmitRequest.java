package dev.statuswire.api.request;

import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.ProblemException;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.RequestHeaders;
import dev.statuswire.api.limit.SubmissionLimits;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.store.SubmitOutcome;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Handles {@code PUT /requests/{id}} and {@code POST /requests}. They differ in who chooses the id,
 * and in the problem if it is already used for other content. Each makes one call to the database:
 * a conditional write that returns the stored request if there is one. A call whose idempotency key
 * was used before makes two.
 */
public final class SubmitRequest {

    private final SubmissionReader reader;
    private final RequestStore store;
    private final InstantSource clock;
    private final SubmissionLimits submissionLimits;
    private final CallerIdentity caller;
    private final StatusResponses responses;
    private final Supplier<String> newIds;

    /**
     * Creates the handler.
     *
     * @param clock the wall clock
     * @param newIds supplies ids that sort by time
     */
    public SubmitRequest(
            SubmissionReader reader,
            RequestStore store,
            InstantSource clock,
            SubmissionLimits submissionLimits,
            CallerIdentity caller,
            StatusResponses responses,
            Supplier<String> newIds) {
        this.reader = reader;
        this.store = store;
        this.clock = clock;
        this.submissionLimits = submissionLimits;
        this.caller = caller;
        this.responses = responses;
        this.newIds = newIds;
    }

    /**
     * Handles {@code PUT}: the client chooses the id.
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
        submit(call, key, reader.read(call, Optional.empty()), ProblemKind.ID_TAKEN);
    }

    /** Handles {@code POST}: the server chooses the id. */
    public void post(Context call) {
        Optional<String> idempotencyKey =
                IdempotencyKey.id(RequestHeaders.of(call, "Idempotency-Key"));
        Submission submission = reader.read(call, idempotencyKey);
        var key = new RequestKey(caller.owner(call), RequestKey.TIME_ORDERED + newIds.get());
        submit(call, key, submission, ProblemKind.KEY_REUSED);
    }

    private void submit(Context call, RequestKey key, Submission submission, ProblemKind conflict) {
        switch (outcome(key, submission)) {
            case SubmitOutcome.Created(var request) -> {
                submissionLimits.accepted(request);
                responses.created(call, request);
            }
            case SubmitOutcome.Repeated(var request) -> responses.repeated(call, request);
            case SubmitOutcome.Conflict _ ->
                    throw conflict.because("The stored request has another type, input or option.");
        }
    }

    /** An owner who may not submit a new request may still resubmit a stored one. */
    private SubmitOutcome outcome(RequestKey key, Submission submission) {
        Instant now = clock.instant();
        Optional<ProblemException> refusal = submissionLimits.refusal(key.owner());
        if (refusal.isEmpty()) {
            return store.submit(key, submission, now);
        }
        return store.findSubmitted(key, submission, now)
                .map(found -> SubmitOutcome.of(submission, found))
                .orElseThrow(refusal::get);
    }
}
