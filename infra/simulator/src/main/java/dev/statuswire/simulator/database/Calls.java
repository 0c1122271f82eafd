package dev.statuswire.simulator.database;

import dev.statuswire.simulator.chance.Chances;
import dev.statuswire.simulator.chance.Fault;
import dev.statuswire.simulator.machine.Host;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything that can befall a call over the network, of one process. */
public final class Calls {

    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration QUICK = Duration.ofMillis(20);

    private final Host host;
    private final Chances chances;
    private final Duration longestPause;
    private final Function<String, ? extends RuntimeException> failure;

    /**
     * @param longestPause how long the process may stand still
     * @param failure what a call ends with that was not done, or not answered
     */
    public Calls(
            Host host,
            Chances chances,
            Duration longestPause,
            Function<String, ? extends RuntimeException> failure) {
        this.host = host;
        this.chances = chances;
        this.longestPause = longestPause;
        this.failure = failure;
    }

    /** A call that changes nothing. */
    public <T> T read(Supplier<T> call) {
        beforehand();
        T answer = call.get();
        return answered(answer);
    }

    /** A call that may change something. */
    public <T> T write(Supplier<T> call) {
        beforehand();
        dieIf(Fault.CRASH_BEFORE);
        T answer = call.get();
        dieIf(Fault.CRASH_AFTER);
        return answered(answer);
    }

    private void beforehand() {
        host.check();
        travel();
        if (chances.happens(Fault.PAUSED)) {
            host.scheduler().sleep(chances.upTo(longestPause));
        }
        host.check();
        if (chances.happens(Fault.THROTTLED)) {
            throw failure.apply("throttled");
        }
    }

    private <T> T answered(T answer) {
        if (chances.happens(Fault.ANSWER_LOST)) {
            throw failure.apply("no answer");
        }
        travel();
        host.check();
        return answer;
    }

    private void travel() {
        if (chances.happens(Fault.SLOW)) {
            host.scheduler().sleep(chances.upTo(SLOW));
        } else if (chances.oneIn(4)) {
            host.scheduler().sleep(chances.upTo(QUICK));
        } else {
            host.scheduler().letOthersGoFirst();
        }
    }

    private void dieIf(Fault crash) {
        if (chances.happens(crash)) {
            host.kill();
            host.check();
        }
    }
}
