package dev.statuswire.aws.template;

import dev.statuswire.aws.Synthesized;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The shipped stack with a user pool. It is started once and shared until the end of the process by
 * all tests that do not change it.
 */
final class ShippedStack {

    /** Limits waits for events that never happen; has no effect on tests that pass. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static final Synthesized SYNTHESIZED = Synthesized.shipped();

    private static final ProbedStack PROBED =
            new ProbedStack(
                    RunningStack.of(SYNTHESIZED.template(), SYNTHESIZED.folder()).start(),
                    PATIENCE);

    private static final Map<Probe, Optional<Throwable>> FOUND = new EnumMap<>(Probe.class);

    private ShippedStack() {}

    /** Returns the stack for a probe. */
    static ProbedStack probed() {
        return PROBED;
    }

    /**
     * Returns the failure of a probe, if it fails. Runs the probe once and then returns the same
     * result.
     */
    static synchronized Optional<Throwable> wrong(Probe probe) {
        return FOUND.computeIfAbsent(probe, ShippedStack::tried);
    }

    private static Optional<Throwable> tried(Probe probe) {
        try {
            probe.check(PROBED);
            return Optional.empty();
        } catch (Exception | AssertionError wrong) {
            return Optional.of(wrong);
        }
    }
}
