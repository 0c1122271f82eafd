package dev.statuswire.notifier.push;

import dev.statuswire.notifier.push.ConnectionGateway.Answer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, for every batch that is pushed to it at the moment. Until it has answered, one
 * call waits for it at most, so that many that hang use up no more of what they share with the
 * others than one call each; and once it did not answer in time, nobody else waits for it.
 * Thread-safe.
 */
final class Line {

    /** How many calls are on their way to one connection at once, once it has answered. */
    private static final int AT_ONCE = 4;

    private final Semaphore turns = new Semaphore(1, true);
    private final AtomicBoolean answers = new AtomicBoolean();
    private final ReentrantLock ending = new ReentrantLock();
    private volatile boolean silent;
    private @Nullable Fate fate;

    /** {@code SILENT} without a call where it was silent already. */
    Answer within(Supplier<Answer> call) {
        turns.acquireUninterruptibly();
        try {
            Answer answer = silent ? Answer.SILENT : call.get();
            if (answer == Answer.SILENT) {
                silent = true;
            } else {
                answered();
            }
            return answer;
        } finally {
            turns.release();
        }
    }

    boolean isSilent() {
        return silent;
    }

    private void answered() {
        if (answers.compareAndSet(false, true)) {
            turns.release(AT_ONCE - 1);
        }
    }

    /** Ends it as {@code end} does, once: whoever else wants it ended waits for that. */
    Fate end(Supplier<Fate> end) {
        ending.lock();
        try {
            Fate ended = fate == null ? end.get() : fate;
            fate = ended;
            return ended;
        } finally {
            ending.unlock();
        }
    }

    /** What became of a connection in a batch. */
    enum Fate {
        /** It has got everything. */
        TOLD,
        /** It is no more: its page comes back and reads the list. */
        ENDED,
        /** It has not got everything and could not be closed now, which may do later. */
        OWED,
        /** The same, but nothing at all was answered. */
        SILENT,
        /** The same, and to try again is of no use. */
        HOPELESS
    }
}
