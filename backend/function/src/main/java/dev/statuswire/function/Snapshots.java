package dev.statuswire.function;

import dev.statuswire.core.function.Priming;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Primes the function before SnapStart takes its snapshot. Nothing needs repair after it: priming
 * leaves no connection, clocks are asked anew each time, and all chance is {@code SecureRandom}'s,
 * which the operating system feeds in every restored copy. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Lambda
 *     SnapStart runtime hooks for Java</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
 *     uniqueness with Lambda SnapStart</a>
 */
final class Snapshots implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final List<Priming> primings = new CopyOnWriteArrayList<>();
    private final Runnable forget;

    /**
     * @param forget forgets what primings have counted
     */
    Snapshots(Runnable forget) {
        this.forget = forget;
    }

    /**
     * Those of this process; its caller keeps them, since the process itself does so only weakly.
     */
    static Snapshots ofProcess(Runnable forget) {
        var snapshots = new Snapshots(forget);
        Core.getGlobalContext().register(snapshots);
        return snapshots;
    }

    void add(Priming priming) {
        primings.add(priming);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        primings.forEach(Snapshots::prime);
        forget.run();
        LOG.info("primed; a snapshot is taken");
    }

    private static void prime(Priming priming) {
        try {
            priming.prime();
        } catch (Exception | LinkageError failed) {
            LOG.warn("priming failed; the first invocations are slower", failed);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        LOG.debug("restored from a snapshot");
    }
}
