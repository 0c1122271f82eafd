package dev.statuswire.api.request;

import dev.statuswire.api.http.RequestHeaders;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.api.limit.LongPollLimit;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.time.TimeAndRandomness;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.Optional;

/**
 * Handles {@code GET /status/{id}} and {@code GET /links/{secret}/status}: returns a request at
 * once, or as soon as it has changed.
 */
public final class ReadStatus {

    private final RequestStore store;
    private final LongPoll poll;
    private final LongPollLimit longPollLimit;

    /**
     * Creates the handler.
     *
     * @param time measures how long a client has waited, and pauses between two reads
     * @param maxWaiting the maximum number of calls that wait at the same time, at least 0
     */
    public ReadStatus(RequestStore store, TimeAndRandomness time, int maxWaiting) {
        this.store = store;
        this.longPollLimit = new LongPollLimit(maxWaiting);
        this.poll = new LongPoll(store, time);
    }

    /** Ends all waits; each waiting call gets the current state of its request. */
    public void stop() {
        poll.stop();
    }

    /** Handles the call, for the request that {@code access} names. */
    public void handle(Context call, RequestAccess access) {
        EntityTags known = EntityTags.of(RequestHeaders.of(call, "If-None-Match"));
        Optional<Integer> wait = PreferWait.seconds(RequestHeaders.of(call, "Prefer"));
        Request request =
                await(call, access, wait, known).filter(access::gives).orElseThrow(access::unknown);
        EntityTags.of(request).ifPresent(tag -> call.header("ETag", tag));
        call.header("Cache-Control", "no-cache").header("Vary", "Origin, Authorization");
        if (known.have(request)) {
            access.responses().setRetryAfter(call, request);
            ResponseWriter.empty(call, 304);
        } else {
            // The tag identifies exactly these bytes, so they must not be compressed.
            access.responses().found(call.disableCompression(), request);
        }
    }

    /**
     * Waits, unless too many calls are waiting or the call is a HEAD, whose response shows no
     * change. In these cases the preference is not applied, and {@code Preference-Applied} is
     * absent.
     */
    private Optional<Request> await(
            Context call, RequestAccess access, Optional<Integer> wait, EntityTags known) {
        if (wait.isEmpty() || isHead(call) || !longPollLimit.enter(access.caller())) {
            return access.read(store);
        }
        try {
            call.header("Preference-Applied", "wait=" + wait.get());
            Optional<Request> found =
                    poll.await(
                            access.key(),
                            Duration.ofSeconds(wait.get()),
                            it -> hasChanged(it, known));
            access.renew();
            return found;
        } finally {
            longPollLimit.leave(access.caller());
        }
    }

    private static boolean isHead(Context call) {
        return call.method().equals(HandlerType.HEAD);
    }

    private static boolean hasChanged(Request found, EntityTags known) {
        return known.areAbsent() ? found.status().finished() : !known.have(found);
    }
}
