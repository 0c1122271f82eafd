package dev.statuswire.function;

import dev.statuswire.core.time.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Primes the function before SnapStart takes its snapshot: calls each handler with an event that
 * changes nothing.
 *
 * <p>After a restore, only the steady clock needs to be corrected, because it may have stood still
 * in the snapshot. It is advanced by the time that has passed on the wall clock, so that data in
 * the snapshot has its true age. SDK clients replace their connections and credentials
 * automatically: both expire by the wall clock, connections after a minute. All randomness comes
 * from {@code SecureRandom}, which reads from the operating system in every restored copy.
 * Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Lambda
 *     SnapStart runtime hooks for Java</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
 *     uniqueness with Lambda SnapStart</a>
 */
final class SnapshotPriming implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotPriming.class);

    private final List<Runnable> calls = new CopyOnWriteArrayList<>();
    private final Runnable forget;
    private final InstantSource clock;
    private final SteadyClock steady;
    private volatile Instant taken;
    private volatile Instant takenBySteadyClock;

    /**
     * Creates a primer without calls.
     *
     * @param forget discards the metrics that the calls recorded
     * @param clock the wall clock
     * @param steady advanced after a restore
     */
    SnapshotPriming(Runnable forget, InstantSource clock, SteadyClock steady) {
        this.forget = forget;
        this.clock = clock;
        this.steady = steady;
        this.taken = clock.instant();
        this.takenBySteadyClock = steady.instant();
    }

    /**
     * Creates a primer and registers it with this process. The caller must keep a reference to it,
     * because the process keeps only a weak one.
     */
    static SnapshotPriming ofProcess(Runnable forget) {
        var snapshots = new SnapshotPriming(forget, InstantSource.system(), SteadyClock.OF_PROCESS);
        Core.getGlobalContext().register(snapshots);
        return snapshots;
    }

    /** Adds a call of a handler. */
    void add(Runnable call) {
        calls.add(call);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        calls.forEach(SnapshotPriming::prime);
        forget.run();
        taken = clock.instant();
        takenBySteadyClock = steady.instant();
        LOG.info("primed; a snapshot is taken");
    }

    private static void prime(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError failed) {
            LOG.warn("priming failed; the first invocations will be slower", failed);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        Duration passed = Duration.between(taken, clock.instant());
        Duration counted = Duration.between(takenBySteadyClock, steady.instant());
        if (passed.compareTo(counted) > 0) {
            steady.addSuspended(passed.minus(counted));
        }
        LOG.debug("restored from a snapshot taken at {}", taken);
    }
}
