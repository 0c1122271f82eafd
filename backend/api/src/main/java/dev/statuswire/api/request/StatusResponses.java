package dev.statuswire.api.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.request.Request;
import io.javalin.http.Context;

/** Responds to calls with the status document of a request. */
public final class StatusResponses {

    /** The number of seconds after which a client should read an unfinished request again. */
    private static final String RETRY_AFTER = "1";

    private final StatusDocuments documents;
    private final String basePath;

    /**
     * @param basePath the prefix of every path of the API as clients see it; empty, or with a slash
     *     at its start and none at its end
     */
    public StatusResponses(StatusDocuments documents, String basePath) {
        this.documents = documents;
        this.basePath = basePath;
    }

    /** Responds with 202 to {@code call}, which has stored {@code request}. */
    void created(Context call, Request request) {
        respond(located(call, request), 202, request, documents.ofCreated(request));
    }

    /**
     * Responds with 202 to {@code call}, which has changed {@code request} or found it already
     * changed.
     */
    void accepted(Context call, Request request) {
        respond(located(call, request), 202, request, documents.of(request));
    }

    /**
     * Responds with 200 to {@code call}, whose content was already submitted as {@code request}.
     */
    void repeated(Context call, Request request) {
        found(located(call, request), request);
    }

    /** Responds to {@code call} with 200 and {@code request}. */
    void found(Context call, Request request) {
        respond(call, 200, request, documents.of(request));
    }

    private Context located(Context call, Request request) {
        return call.header("Location", basePath + "/status/" + request.key().id());
    }

    private static void respond(Context call, int status, Request request, ObjectNode document) {
        setRetryAfter(call, request);
        ResponseWriter.json(call, status, document);
    }

    static void setRetryAfter(Context call, Request request) {
        if (!request.status().finished()) {
            call.header("Retry-After", RETRY_AFTER);
        }
    }
}
