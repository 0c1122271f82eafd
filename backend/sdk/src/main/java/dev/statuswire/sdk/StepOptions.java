package dev.statuswire.sdk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The options of a step while its {@link Definition} is built. Not thread-safe. */
public final class StepOptions {

    private @Nullable Retry retry;
    private Duration timeLimit = Duration.ofMinutes(10);

    StepOptions() {}

    /**
     * Sets how transient failures of this step are retried, instead of the type's policy.
     *
     * @param policy the policy of this step
     * @return these options
     */
    public StepOptions retry(Retry policy) {
        retry = policy;
        return this;
    }

    /**
     * Sets how long one run may take: more than 0, at most 14 minutes. A run that takes longer is
     * interrupted and counts as a transient failure. The default is 10 minutes.
     *
     * @param limit the longest duration of a run
     * @return these options
     */
    public StepOptions timeLimit(Duration limit) {
        timeLimit = limit;
        return this;
    }

    @Nullable Retry retry() {
        return retry;
    }

    Duration timeLimit() {
        return timeLimit;
    }
}
