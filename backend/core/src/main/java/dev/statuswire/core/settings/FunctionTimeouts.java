package dev.statuswire.core.settings;

import java.time.Duration;

/**
 * How long an invocation of each function may take, on AWS and on one machine.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>
 */
public final class FunctionTimeouts {

    /** A batch of quick requests, and slow ones handed to the worker. */
    public static final Duration PROCESSOR = Duration.ofSeconds(60);

    /** The longest that Lambda allows: one slow request, handed back between steps near the end. */
    public static final Duration WORKER = Duration.ofMinutes(15);

    /** Under the minute between two sweeps. */
    public static final Duration SWEEPER = Duration.ofSeconds(50);

    /** A batch of timers that went off. */
    public static final Duration TIMER = Duration.ofSeconds(30);

    /** A batch of changes pushed. */
    public static final Duration NOTIFIER = Duration.ofSeconds(60);

    /** A batch of changes written down. */
    public static final Duration ACTIVITY = Duration.ofSeconds(60);

    private FunctionTimeouts() {}
}
