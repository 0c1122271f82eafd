package dev.statuswire.simulator.database;

import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Injects the faults of network calls into the calls of one process. */
public final class UnreliableCalls {

    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration QUICK = Duration.ofMillis(20);

    private final SimulatedProcess host;
    private final RandomChoices choices;
    private final Duration longestPause;
    private final Duration latest;
    private final Function<String, ? extends RuntimeException> failure;

    /**
     * @param longestPause how long the process may pause
     * @param latest how long after it was abandoned a write may still be executed
     * @param failure creates the exception for a call that was not executed or got no response
     */
    public UnreliableCalls(
            SimulatedProcess host,
            RandomChoices choices,
            Duration longestPause,
            Duration latest,
            Function<String, ? extends RuntimeException> failure) {
        this.host = host;
        this.choices = choices;
        this.longestPause = longestPause;
        this.latest = latest;
        this.failure = failure;
    }

    /** Makes a call that changes nothing. */
    public <T> T read(Supplier<T> call) {
        beforehand();
        T result = call.get();
        return answered(result);
    }

    /** Makes a call that may change something each time it arrives. */
    public <T> T write(Supplier<T> call) {
        return write(call, call);
    }

    /**
     * Makes a call that may change something. An abandoned call gets no response, or was sent again
     * by the SDK; in either case it still arrives later.
     *
     * @param late the call that is made if it arrives late
     */
    <T> T write(Supplier<T> call, Supplier<T> late) {
        beforehand();
        if (choices.happens(SimulatedFault.WRITE_LATE)) {
            host.scheduler().startAfter(choices.upTo(latest), "late call", () -> arrive(late));
            if (choices.oneIn(2)) {
                throw failure.apply("abandoned");
            }
        }
        return writeOnce(call);
    }

    /** Makes a late call, whose caller no longer waits for it. */
    private static void arrive(Supplier<?> late) {
        try {
            Objects.requireNonNull(late.get());
        } catch (SdkException refused) {
            // For example, because its condition no longer holds.
        }
    }

    /** Makes a call that may change something, and that arrives at once or never. */
    <T> T writePunctually(Supplier<T> call) {
        beforehand();
        return writeOnce(call);
    }

    private <T> T writeOnce(Supplier<T> call) {
        dieIf(SimulatedFault.CRASH_BEFORE);
        T result = call.get();
        dieIf(SimulatedFault.CRASH_AFTER);
        return answered(result);
    }

    private void beforehand() {
        host.check();
        travel();
        if (choices.happens(SimulatedFault.CLOCK_SET)) {
            host.setClock(choices);
        }
        if (choices.happens(SimulatedFault.PAUSED)) {
            host.scheduler().sleep(choices.upTo(longestPause));
        }
        host.check();
        if (choices.happens(SimulatedFault.THROTTLED)) {
            throw failure.apply("throttled");
        }
    }

    private <T> T answered(T result) {
        if (choices.happens(SimulatedFault.ANSWER_LOST)) {
            throw failure.apply("no response");
        }
        travel();
        host.check();
        return result;
    }

    private void travel() {
        if (choices.happens(SimulatedFault.SLOW)) {
            host.scheduler().sleep(choices.upTo(SLOW));
        } else if (choices.oneIn(4)) {
            host.scheduler().sleep(choices.upTo(QUICK));
        } else {
            host.scheduler().letOthersGoFirst();
        }
    }

    private void dieIf(SimulatedFault crash) {
        if (choices.happens(crash)) {
            host.kill();
            host.check();
        }
    }
}
