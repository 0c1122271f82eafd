package dev.statuswire.processor.work;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that steps run on. They are platform threads, so the operating system gives each its
 * share of the processors. On virtual threads, a few steps that compute without blocking would
 * delay everything else in the process: claims, leases, time limits, pushes and the API.
 */
final class StepThreads {

    /**
     * The maximum number of threads, which is more than a batch of the stream processor or a
     * function needs at once. Only steps that neither end nor react to an interrupt use them up.
     * Other steps then wait, and their requests are handed back when their time is over.
     */
    static final int MOST = 256;

    private static final long IDLE_SECONDS = 30;

    private static final AtomicLong STARTED = new AtomicLong();

    private StepThreads() {}

    /**
     * Creates a pool that hands a step to an idle thread, starts another thread if none is idle,
     * and ends threads that have been idle for a while.
     */
    static Executor newPool() {
        var waiting = new HandOffQueue();
        return new ThreadPoolExecutor(
                0,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                StepThreads::newThread,
                (step, pool) -> waiting.queue(step));
    }

    private static Thread newThread(Runnable steps) {
        var thread = new Thread(steps, "step-" + STARTED.getAndIncrement());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Accepts a step only if a thread waits for it; otherwise the pool starts one, unless it is
     * full.
     */
    private static final class HandOffQueue extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable step) {
            return tryTransfer(step);
        }

        /** Queues a step while all threads are busy. */
        void queue(Runnable step) {
            super.offer(step);
        }
    }
}
