package dev.statuswire.simulator.database;

import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.chance.SimulatedFault;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Everything that can befall a call over the network, of one process. */
public final class UnreliableCalls {

    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration QUICK = Duration.ofMillis(20);

    private final SimulatedProcess host;
    private final RandomChoices choices;
    private final Duration longestPause;
    private final Duration latest;
    private final Function<String, ? extends RuntimeException> failure;

    /**
     * @param longestPause how long the process may stand still
     * @param latest how long after it was given up a write may still be done
     * @param failure what a call ends with that was not done, or not answered
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

    /** A call that changes nothing. */
    public <T> T read(Supplier<T> call) {
        beforehand();
        T answer = call.get();
        return answered(answer);
    }

    /** A call that may change something, as often as it arrives. */
    public <T> T write(Supplier<T> call) {
        return write(call, call);
    }

    /**
     * A call that may change something. One that was given up is not answered, or was sent again by
     * the SDK; whatever its caller hears, it arrives later.
     *
     * @param late the call where it arrives late
     */
    <T> T write(Supplier<T> call, Supplier<T> late) {
        beforehand();
        if (choices.happens(SimulatedFault.WRITE_LATE)) {
            host.scheduler().startAfter(choices.upTo(latest), "late call", () -> arrive(late));
            if (choices.oneIn(2)) {
                throw failure.apply("given up");
            }
        }
        return writeOnce(call);
    }

    /** No caller waits for it any more. */
    private static void arrive(Supplier<?> late) {
        try {
            Objects.requireNonNull(late.get());
        } catch (SdkException refused) {
            // Such as a condition that does not hold any more.
        }
    }

    /** A call that may change something, and that arrives at once or never. */
    <T> T writePunctually(Supplier<T> call) {
        beforehand();
        return writeOnce(call);
    }

    private <T> T writeOnce(Supplier<T> call) {
        dieIf(SimulatedFault.CRASH_BEFORE);
        T answer = call.get();
        dieIf(SimulatedFault.CRASH_AFTER);
        return answered(answer);
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

    private <T> T answered(T answer) {
        if (choices.happens(SimulatedFault.ANSWER_LOST)) {
            throw failure.apply("no answer");
        }
        travel();
        host.check();
        return answer;
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
