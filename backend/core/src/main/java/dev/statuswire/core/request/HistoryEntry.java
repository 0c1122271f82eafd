package dev.statuswire.core.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a request's status, as recorded in the request itself by the write that made it.
 *
 * @param version the version that the write made, at least 1
 * @param at when it was written
 * @param event what happened, such as {@value #STARTED}; a later release may record other events
 * @param by who caused it: {@value #OWNER}, {@value #LINK} or {@value #SYSTEM}; a later release may
 *     record others
 * @param code the code of the error; null if the event is not a failure
 */
public record HistoryEntry(
        long version, Instant at, String event, String by, @Nullable String code) {

    /** The owner submitted the request. */
    public static final String SUBMITTED = "submitted";

    /** A worker claimed the request. */
    public static final String STARTED = "started";

    /** The worker returned the request, because its process or its time ended. */
    public static final String HANDED_BACK = "handed-back";

    /** A step failed transiently. */
    public static final String RETRYING = "retrying";

    /** The request is scheduled, and the time to start it has come. */
    public static final String DUE = "due";

    /** The wait for the next attempt is over. */
    public static final String OFFERED = "offered";

    /** The request waits for an answer or a time. */
    public static final String WAITING = "waiting";

    /** A wait ended with an answer. */
    public static final String ANSWERED = "answered";

    /** A wait ended because its time is up. */
    public static final String TIME_IS_UP = "time-is-up";

    /** The request will fail or was cancelled, so its finished steps are undone. */
    public static final String UNDOING = "undoing";

    /** The lease of the worker ended, so the request is offered to another one. */
    public static final String WORKER_LOST = "worker-lost";

    /** The owner asked the worker to stop. */
    public static final String CANCEL_REQUESTED = "cancel-requested";

    /** The request succeeded. */
    public static final String SUCCEEDED = "succeeded";

    /** The request failed. */
    public static final String FAILED = "failed";

    /** The request was cancelled. */
    public static final String CANCELLED = "cancelled";

    /** The owner retried the request after its end. */
    public static final String RETRIED = "retried";

    /** The owner of the request. */
    public static final String OWNER = "owner";

    /** A person or a system with a link to the request. */
    public static final String LINK = "link";

    /** A worker or the sweeper. */
    public static final String SYSTEM = "system";

    /** The number of entries that a request keeps at most. The oldest ones are dropped. */
    public static final int MAX_ENTRIES = 64;
}
