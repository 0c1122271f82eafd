package dev.statuswire.processor.work;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that steps run on: platform threads, of which the operating system lets each have its
 * share of the processors. On virtual threads, a few steps that compute without ever blocking would
 * keep everything else in the process waiting: claims, leases, time limits, pushes and the API.
 */
final class StepThreads {

    /**
     * More than a batch of the stream processor or a function has at once. Only steps that neither
     * end nor heed an interrupt use them up; others then wait, and are handed back when their time
     * is over.
     */
    static final int MOST = 256;

    private static final long IDLE_SECONDS = 30;

    private StepThreads() {}

    /**
     * A pool that hands a step to an idle thread, starts another one if there is none, and ends
     * threads that are idle for a while.
     */
    static Executor newPool() {
        var waiting = new IdleThreadFirst();
        return new ThreadPoolExecutor(
                0,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                Thread.ofPlatform().daemon().name("step-", 0).factory(),
                (step, pool) -> waiting.keep(step));
    }

    /** Takes a step only if a thread waits for it; else the pool starts one, unless it is full. */
    private static final class IdleThreadFirst extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable step) {
            return tryTransfer(step);
        }

        /** Every thread is at work: the step waits for one. */
        void keep(Runnable step) {
            super.offer(step);
        }
    }
}
