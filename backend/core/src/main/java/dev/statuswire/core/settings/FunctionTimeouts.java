package dev.statuswire.core.settings;

import java.time.Duration;

/**
 * The maximum duration of an invocation of each function, on AWS and on one machine.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>
 */
public final class FunctionTimeouts {

    /** For one batch: runs its quick requests and hands its slow ones to the worker. */
    public static final Duration PROCESSOR = Duration.ofSeconds(60);

    /**
     * For one slow request, which is handed back between two steps when the time is nearly over.
     * This is the longest timeout that Lambda allows.
     */
    public static final Duration WORKER = Duration.ofMinutes(15);

    /** Less than the minute between two sweeps. */
    public static final Duration SWEEPER = Duration.ofSeconds(50);

    /** For one batch of expired timers. */
    public static final Duration TIMER = Duration.ofSeconds(30);

    /** For one batch of changes to push. */
    public static final Duration NOTIFIER = Duration.ofSeconds(60);

    /** For one batch of changes to store in the activity log. */
    public static final Duration ACTIVITY = Duration.ofSeconds(60);

    private FunctionTimeouts() {}
}
