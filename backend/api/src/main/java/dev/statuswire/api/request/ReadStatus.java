package dev.statuswire.api.request;

import dev.statuswire.api.http.Answers;
import dev.statuswire.api.http.Caller;
import dev.statuswire.api.http.RequestHeaders;
import dev.statuswire.api.limit.Waiters;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.time.TimeAndChance;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.Optional;

/** {@code GET /status/{id}}: a request as it is, or as soon as it is something new. */
public final class ReadStatus {

    private final LongPoll poll;
    private final Waiters waiters;
    private final Caller caller;
    private final StatusAnswers answers;

    /**
     * Creates the handler.
     *
     * @param time measures how long a client has waited, and waits between two reads
     * @param maxWaiting how many calls may wait at the same time, at least 0
     */
    public ReadStatus(
            RequestStore store,
            TimeAndChance time,
            int maxWaiting,
            Caller caller,
            StatusAnswers answers) {
        this.waiters = new Waiters(maxWaiting);
        this.poll = new LongPoll(store, time);
        this.caller = caller;
        this.answers = answers;
    }

    /** Has everybody who waits answered with what is there now. */
    public void stop() {
        poll.stop();
    }

    /** Handles the call. */
    public void handle(Context call) {
        EntityTags known = EntityTags.of(RequestHeaders.of(call, "If-None-Match"));
        Optional<Integer> wait = PreferWait.seconds(RequestHeaders.of(call, "Prefer"));
        Request request = await(call, wait, known).orElseThrow(Caller::unknown);
        call.header("ETag", EntityTags.of(request))
                .header("Cache-Control", "no-cache")
                .header("Vary", "Origin, Authorization");
        if (known.have(request)) {
            StatusAnswers.sayWhenToLookAgain(call, request);
            Answers.empty(call, 304);
        } else {
            // The tag names these very bytes, so nobody may encode them otherwise.
            answers.found(call.disableCompression(), request);
        }
    }

    /**
     * Waits, unless too many calls do or the call is a HEAD, whose answer shows no change. The
     * preference is not applied then, and its header is absent.
     */
    private Optional<Request> await(Context call, Optional<Integer> wait, EntityTags known) {
        RequestKey key = caller.key(call);
        if (wait.isEmpty() || isHead(call) || !waiters.enter(key.owner())) {
            return poll.await(key, Duration.ZERO, found -> true);
        }
        try {
            call.header("Preference-Applied", "wait=" + wait.get());
            return poll.await(key, Duration.ofSeconds(wait.get()), found -> isNews(found, known));
        } finally {
            waiters.leave(key.owner());
        }
    }

    private static boolean isHead(Context call) {
        return call.method().equals(HandlerType.HEAD);
    }

    private static boolean isNews(Request found, EntityTags known) {
        return known.areAbsent() ? found.status().finished() : !known.have(found);
    }
}
