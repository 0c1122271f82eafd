package dev.statuswire.notifier.push;

import dev.statuswire.notifier.frame.Frame;
import dev.statuswire.notifier.push.ConnectionGateway.Answer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One connection's way through one batch. {@link #run} is for several threads at once: each takes
 * the frames of one request and pushes them in order, so different requests overtake each other and
 * the versions of one never do. After the first frame that could not be pushed nothing more is: the
 * connection ends, so its page comes back and reads everything.
 */
final class Lane {

    private final Queue<List<Frame>> waiting;
    private final BooleanSupplier patient;
    private final Function<Frame, Answer> push;
    private final Consumer<Answer> end;
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * @param frames a list for each request
     * @param patient whether the next frame may still be pushed
     * @param push never throws
     * @param end called once at most, with why: never {@code DONE}
     */
    Lane(
            List<List<Frame>> frames,
            BooleanSupplier patient,
            Function<Frame, Answer> push,
            Consumer<Answer> end) {
        this.waiting = new ConcurrentLinkedQueue<>(frames);
        this.patient = patient;
        this.push = push;
        this.end = end;
    }

    /** Pushes until nothing is left to push, or the connection has ended. */
    void run() {
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!next.stream().allMatch(this::pushed)) {
                return;
            }
        }
    }

    private boolean pushed(Frame frame) {
        if (ended.get()) {
            return false;
        }
        Answer answer = patient.getAsBoolean() ? push.apply(frame) : Answer.BUSY;
        if (answer != Answer.DONE && ended.compareAndSet(false, true)) {
            end.accept(answer);
        }
        return answer == Answer.DONE;
    }
}
