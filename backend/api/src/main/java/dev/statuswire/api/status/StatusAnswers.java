package dev.statuswire.api.status;

import dev.statuswire.api.http.Answers;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import io.javalin.http.Context;

/** Answers calls with the status document of a request. */
public final class StatusAnswers {

    /** When to look again at what is unfinished, in seconds. */
    private static final String RETRY_AFTER = "1";

    private final StatusDocuments documents;
    private final String basePath;

    /**
     * @param basePath what comes before every path of the API where clients see it; empty, or with
     *     a slash at its start and none at its end
     */
    public StatusAnswers(StatusDocuments documents, String basePath) {
        this.documents = documents;
        this.basePath = basePath;
    }

    /** Where the request can be watched. */
    public void sayWhere(Context call, RequestKey key) {
        call.header("Location", basePath + "/status/" + key.id());
    }

    /** With the document itself. */
    public void answer(Context call, int status, Request request) {
        sayWhenToLookAgain(call, request);
        Answers.json(call, status, documents.of(request));
    }

    /** The same for a request that is on its way now: 202, and where to watch it. */
    public void accepted(Context call, Request request) {
        sayWhere(call, request.key());
        answer(call, 202, request);
    }

    static void sayWhenToLookAgain(Context call, Request request) {
        if (!request.status().finished()) {
            call.header("Retry-After", RETRY_AFTER);
        }
    }
}
