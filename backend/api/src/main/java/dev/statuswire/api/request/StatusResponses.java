package dev.statuswire.api.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.link.Link;
import dev.statuswire.core.request.Request;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Responds to calls with the status document of a request. */
public final class StatusResponses {

    /**
     * After how many seconds a client should read an unfinished request again at the latest,
     * because a waiting request can be answered or cancelled at any time.
     */
    private static final long LATEST_READ = 60;

    private final StatusDocuments documents;
    private final InstantSource clock;
    private final String basePath;
    private final @Nullable OpenedLink link;

    /**
     * @param clock the wall clock
     * @param basePath the prefix of every path of the API as clients see it; empty, or with a slash
     *     at its start and none at its end
     */
    public StatusResponses(StatusDocuments documents, InstantSource clock, String basePath) {
        this(documents, clock, basePath, null);
    }

    private StatusResponses(
            StatusDocuments documents,
            InstantSource clock,
            String basePath,
            @Nullable OpenedLink link) {
        this.documents = documents;
        this.clock = clock;
        this.basePath = basePath;
        this.link = link;
    }

    private record OpenedLink(Link link, String secret) {}

    /** Returns the responses for calls through {@code link}. */
    public StatusResponses through(Link link, String secret) {
        return new StatusResponses(documents, clock, basePath, new OpenedLink(link, secret));
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
        respond(located(call, request), 202, request, document(request));
    }

    /**
     * Responds with 200 to {@code call}, whose content was already submitted as {@code request}.
     */
    void repeated(Context call, Request request) {
        found(located(call, request), request);
    }

    /** Responds to {@code call} with 200 and {@code request}. */
    void found(Context call, Request request) {
        respond(call, 200, request, document(request));
    }

    private ObjectNode document(Request request) {
        return link == null
                ? documents.of(request)
                : documents.through(link.link(), link.secret(), request);
    }

    private Context located(Context call, Request request) {
        String path =
                link == null
                        ? "/status/" + request.key().id()
                        : "/links/" + link.secret() + "/status";
        return call.header("Location", basePath + path);
    }

    private void respond(Context call, int status, Request request, ObjectNode document) {
        setRetryAfter(call, request);
        ResponseWriter.json(call, status, document);
    }

    /**
     * Sets after how many seconds the client should read an unfinished request again: when its wait
     * ends, at least 1 and at most {@value #LATEST_READ}.
     */
    void setRetryAfter(Context call, Request request) {
        if (!request.status().finished()) {
            long seconds = request.waitsUntil().map(this::secondsUntil).orElse(1L);
            call.header("Retry-After", Long.toString(Math.clamp(seconds, 1, LATEST_READ)));
        }
    }

    private long secondsUntil(Instant time) {
        return Duration.between(clock.instant(), time).plusNanos(999_999_999).toSeconds();
    }
}
