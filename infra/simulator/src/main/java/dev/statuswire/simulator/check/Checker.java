package dev.statuswire.simulator.check;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Watches every write, effect and answer of one schedule, and says which guarantee was the first to
 * be broken. Used by one thread at a time.
 */
public final class Checker {

    private final Map<RequestKey, Life> lives = new TreeMap<>(Life.ORDER);
    private final Set<String> effects = new HashSet<>();
    private Optional<Violation> first = Optional.empty();

    /** The first guarantee to be broken; empty where none was. */
    public Optional<Violation> violation() {
        return first;
    }

    /** Tells of a broken guarantee. */
    public void broken(String guarantee, String what) {
        if (first.isEmpty()) {
            first = Optional.of(new Violation(guarantee, what));
        }
    }

    private void require(boolean kept, String guarantee, String otherwise, Object about) {
        if (!kept) {
            broken(guarantee, otherwise + ": " + about);
        }
    }

    /** A client was told that its request is accepted. */
    public void acknowledged(RequestKey key) {
        life(key).acknowledged = true;
    }

    /** A step did something outside, and remembered it by this key. */
    public void effect(String effectKey) {
        effects.add(effectKey);
    }

    private Life life(RequestKey key) {
        return lives.computeIfAbsent(key, any -> new Life());
    }

    /** What is known of one request besides its item. */
    private static final class Life {
        private static final java.util.Comparator<RequestKey> ORDER =
                java.util.Comparator.comparing(RequestKey::owner).thenComparing(RequestKey::id);
        private boolean acknowledged;
        private boolean finishedOnce;
        private final Map<Long, Thread> holders = new HashMap<>();
    }

    /** An item was changed. */
    public void wrote(Write write) {
        if (write.after().isEmpty()) {
            removed(write);
        } else if (write.before().isEmpty()) {
            submitted(write, write.after().get());
        } else {
            changed(write, write.before().get(), write.after().get());
        }
        write.after().ifPresent(after -> isWellKept(write, after));
    }

    private void removed(Write write) {
        Request before = write.before().orElseThrow();
        boolean expired = before.expiresAt() != null && !before.expiresAt().isAfter(write.truth());
        require(before.status().finished() && expired, "G1", "it was forgotten", before);
        life(write.key()).holders.clear();
    }

    private void submitted(Write write, Request after) {
        require(
                write.role() == Role.API && after.status() == Status.ACCEPTED,
                "G2",
                "it began otherwise than by a submission",
                write);
        require(after.version() == 1, "G2", "its first version is not 1", after);
    }

    private void changed(Write write, Request before, Request after) {
        require(
                after.version() == before.version() + 1,
                "G2",
                "the version did not go up by one",
                write);
        require(isSameRequest(before, after), "G2", "it is another request now", write);
        if (before.status().finished() && !TransitionTable.has(write, before, after)) {
            broken("G5", "a finished request was changed: " + write);
        }
        require(TransitionTable.has(write, before, after), "G2", "no such transition", write);
        steps(write, before, after);
        holder(write, before, after);
    }

    private static boolean isSameRequest(Request before, Request after) {
        return before.type().equals(after.type())
                && before.input().equals(after.input())
                && (before.createdAt() == null
                        || Objects.equals(before.createdAt(), after.createdAt()));
    }

    /** What is done stays done, as it was; only the next step can become done. */
    private void steps(Write write, Request before, Request after) {
        List<StepState> done = before.steps().subList(0, before.nextStep());
        boolean kept =
                after.steps().size() >= done.size()
                        && after.steps().subList(0, done.size()).equals(done);
        require(kept, "G3", "a committed output was changed", write);
        require(after.nextStep() <= done.size() + 1, "G3", "two steps at once", write);
        for (StepState step : after.steps()) {
            if (step.done()) {
                String key = write.key().effectKey(step.name());
                require(effects.contains(key), "G4", "a step is done without its effect", write);
            }
        }
    }

    /** Of the workers, only the one that claimed it may write to it. */
    private void holder(Write write, Request before, Request after) {
        if (write.role() != Role.WORKER) {
            return;
        }
        Map<Long, Thread> holders = life(write.key()).holders;
        if (before.status() == Status.ACCEPTED) {
            holders.put(after.fence(), write.thread());
        } else {
            require(
                    write.thread().equals(holders.get(before.fence())),
                    "G3",
                    "a worker wrote that does not hold it",
                    write);
        }
    }

    private void isWellKept(Write write, Request after) {
        if (after.status().finished()) {
            life(write.key()).finishedOnce = true;
            require(after.dueAt() == null, "G5", "it is finished and due", after);
            require(after.expiresAt() != null, "G5", "it is finished and kept for ever", after);
        } else {
            require(after.dueAt() != null, "G1", "nobody will look after it", after);
            require(after.expiresAt() == null, "G1", "it expires unfinished", after);
        }
    }

    /**
     * The schedule is over, and everything had time to end.
     *
     * @param items what the table has
     */
    public void ended(Map<RequestKey, Request> items) {
        lives.forEach((key, life) -> ended(key, life, Optional.ofNullable(items.get(key))));
    }

    private void ended(RequestKey key, Life life, Optional<Request> item) {
        boolean finished = item.map(there -> there.status().finished()).orElse(life.finishedOnce);
        if (life.acknowledged && !finished) {
            broken("G1", "it was accepted and never finished: " + key + " is " + item);
        }
    }
}
