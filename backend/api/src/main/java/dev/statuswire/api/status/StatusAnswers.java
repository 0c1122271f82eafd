package dev.statuswire.api.status;

import dev.statuswire.api.http.Answers;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.request.Request;
import io.javalin.http.Context;

/** Answers calls with the status document of a request. */
public final class StatusAnswers {

    /** When to look again at what is unfinished, in seconds. */
    private static final String RETRY_AFTER = "1";

    private final StatusDocuments documents;

    public StatusAnswers(StatusDocuments documents) {
        this.documents = documents;
    }

    /** With the document itself. */
    public void answer(Context call, int status, Request request) {
        sayWhenToLookAgain(call, request);
        Answers.json(call, status, documents.of(request));
    }

    /** The same for a request that is on its way now: 202, and where to watch it. */
    public void accepted(Context call, Request request) {
        call.header("Location", "/status/" + request.key().id());
        answer(call, 202, request);
    }

    static void sayWhenToLookAgain(Context call, Request request) {
        if (!request.status().finished()) {
            call.header("Retry-After", RETRY_AFTER);
        }
    }
}
