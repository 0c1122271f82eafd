package dev.statuswire.api.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.request.Request;
import io.javalin.http.Context;

/** Answers calls with the status document of a request. */
public final class StatusResponses {

    /** When to look again at what is unfinished, in seconds. */
    private static final String RETRY_AFTER = "1";

    private final StatusDocuments documents;
    private final String basePath;

    /**
     * @param basePath what comes before every path of the API where clients see it; empty, or with
     *     a slash at its start and none at its end
     */
    public StatusResponses(StatusDocuments documents, String basePath) {
        this.documents = documents;
        this.basePath = basePath;
    }

    /** Answers {@code call}, which has stored {@code request}, with 202. */
    void created(Context call, Request request) {
        answer(located(call, request), 202, request, documents.ofCreated(request));
    }

    /** Answers {@code call}, which has changed {@code request} or would have, with 202. */
    void accepted(Context call, Request request) {
        answer(located(call, request), 202, request, documents.of(request));
    }

    /** Answers {@code call}, whose content was submitted before as {@code request}, with 200. */
    void repeated(Context call, Request request) {
        found(located(call, request), request);
    }

    /** Answers {@code call} with {@code request} and 200. */
    void found(Context call, Request request) {
        answer(call, 200, request, documents.of(request));
    }

    private Context located(Context call, Request request) {
        return call.header("Location", basePath + "/status/" + request.key().id());
    }

    private static void answer(Context call, int status, Request request, ObjectNode document) {
        sayWhenToLookAgain(call, request);
        ResponseWriter.json(call, status, document);
    }

    static void sayWhenToLookAgain(Context call, Request request) {
        if (!request.status().finished()) {
            call.header("Retry-After", RETRY_AFTER);
        }
    }
}
