package dev.statuswire.core.settings;

import java.time.Duration;

/** How work reaches the functions besides by streams: on AWS and on one machine. */
public final class DeliverySettings {

    /** From one invocation of the sweeper to the next. */
    public static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    /**
     * How long the worker's event may wait for a free worker. Then Lambda drops it, and the
     * request's next offer makes a new one, so a request has about one event at a time. The least
     * that Lambda allows.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html">Configuring
     *     error handling settings for asynchronous invocations</a>
     */
    public static final Duration OLDEST_WORKER_EVENT = Duration.ofSeconds(60);

    /** How often an invocation of the worker that failed is repeated: its request is due again. */
    public static final int WORKER_RETRIES = 0;

    /** The most messages of the queue of timers in one invocation. */
    public static final int TIMER_BATCH = 10;

    /** How many of these invocations may be under way at once. */
    public static final int TIMER_CONCURRENCY = 10;

    /** How long a message is hidden while an invocation has it; six times the time-out. */
    public static final Duration TIMER_VISIBILITY = FunctionTimeouts.TIMER.multipliedBy(6);

    /** How long a message is kept: the longest delay of the queue, and as long again. */
    public static final Duration TIMER_RETENTION = Duration.ofMinutes(30);

    private DeliverySettings() {}
}
