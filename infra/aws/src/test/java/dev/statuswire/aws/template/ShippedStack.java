package dev.statuswire.aws.template;

import dev.statuswire.aws.Synthesized;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stack as it is shipped, with a user pool: started once, and then shared by all tests that
 * change nothing of it, until the end of the process.
 */
final class ShippedStack {

    /** For what never comes; it decides no test that passes. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static final Synthesized SYNTHESIZED = Synthesized.shipped();

    private static final Probed PROBED =
            new Probed(
                    RunningStack.of(SYNTHESIZED.template(), SYNTHESIZED.folder()).start(),
                    PATIENCE);

    private static final Map<Probe, Optional<Throwable>> FOUND = new EnumMap<>(Probe.class);

    private ShippedStack() {}

    /** The stack, as a probe sees it. */
    static Probed probed() {
        return PROBED;
    }

    /** What a probe found to be wrong. It is tried once; the same is returned from then on. */
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
