package dev.statuswire.core.settings;

import java.time.Duration;

/**
 * Settings for invoking the functions by schedules, asynchronous events and queues, on AWS and on
 * one machine. {@link dev.statuswire.core.stream.StreamDelivery} has those for streams.
 */
public final class DeliverySettings {

    /** The interval between two invocations of the sweeper. */
    public static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    /**
     * How long an event may wait for a free worker. After that, Lambda drops the event, and the
     * next offer of the request creates a new one. So a request has about one event at a time. This
     * is the shortest age that Lambda allows.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html">Configuring
     *     error handling settings for asynchronous invocations</a>
     */
    public static final Duration OLDEST_WORKER_EVENT = Duration.ofSeconds(60);

    /**
     * How often Lambda retries a failed invocation of the worker. It does not, because the request
     * becomes due again.
     */
    public static final int WORKER_RETRIES = 0;

    /** The maximum number of timer messages in one invocation. */
    public static final int TIMER_BATCH = 10;

    /** The maximum number of concurrent invocations for timer messages. */
    public static final int TIMER_CONCURRENCY = 10;

    /** How long a message stays hidden while an invocation handles it: six times the timeout. */
    public static final Duration TIMER_VISIBILITY = FunctionTimeouts.TIMER.multipliedBy(6);

    /** How long the queue keeps a message: twice the queue's longest delay. */
    public static final Duration TIMER_RETENTION = Duration.ofMinutes(30);

    private DeliverySettings() {}
}
