package dev.statuswire.local.reload;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for changed jars several times a second until it is stopped. Polling also works for folders
 * that a container mounts from another machine, for which the operating system reports no changes.
 */
public final class ReloadLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadLoop.class);

    private static final Duration EVERY = Duration.ofMillis(200);

    private final TypeReloader reloader;
    private final Runnable onChange;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Creates a loop.
     *
     * @param onChange called on a thread of its own after the types have changed; may block
     */
    public ReloadLoop(TypeReloader reloader, Runnable onChange) {
        this.reloader = reloader;
        this.onChange = onChange;
        this.thread =
                Thread.ofPlatform().name("reload-loop").daemon().unstarted(this::runUntilStopped);
    }

    /** Starts the loop. */
    public void start() {
        thread.start();
    }

    /** Stops the loop and waits for the current look. */
    public void stop() throws InterruptedException {
        stopping.countDown();
        thread.join();
    }

    private void runUntilStopped() {
        try {
            while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce() {
        try {
            if (reloader.look()) {
                Thread.startVirtualThread(onChange);
            }
        } catch (RuntimeException failed) {
            LOG.warn("could not look for changed jars; will look again in {}", EVERY, failed);
        }
    }
}
