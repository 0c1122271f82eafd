package dev.statuswire.simulator.check;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import java.time.Duration;
import java.time.Instant;
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
public final class GuaranteeChecker {

    /** A request type that no process of any release knows. */
    public static final String TYPE_OF_NONE = "gone";

    /** More than a minute of orderly stops brings. */
    private static final int MOST_HAND_BACKS = 30;

    /**
     * So often a request may run without a claim, in all and in one process. Once is what is to be;
     * a clock that is set back, or wrong by as much as a process was down, can bring another run.
     */
    private static final int MOST_UNCLAIMED = 4;

    private static final int MOST_UNCLAIMED_IN_ONE = 2;

    /** How long after its due time a request is handled at the latest. */
    private static final Duration MOST_LATE = Duration.ofSeconds(2);

    private final Map<RequestKey, Known> requests = new TreeMap<>(Known.ORDER);
    private final Map<String, Optional<String>> effects = new HashMap<>();
    private final Set<String> lives = new HashSet<>();
    private final Set<RequestKey> ofNewerRelease = new HashSet<>();
    private final Map<String, Instant> limits = new HashMap<>();
    private final Map<List<Object>, Integer> unclaimedRuns = new HashMap<>();
    private final boolean punctual;
    private Optional<Violation> first = Optional.empty();

    /**
     * @param punctual whether a due request has to be handled within {@link #MOST_LATE}
     */
    public GuaranteeChecker(boolean punctual) {
        this.punctual = punctual;
    }

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
        known(key).acknowledged = true;
    }

    /**
     * A step of {@code request} was started.
     *
     * @param process where it runs
     * @param limit the true time at which its time limit is over
     */
    public void started(Object process, Request request, String step, Instant limit) {
        limits.put(run(request, step), limit);
        if (request.status() == Status.ACCEPTED) {
            String life = String.valueOf(request.life());
            ranUnclaimed(request, MOST_UNCLAIMED, List.of(life));
            ranUnclaimed(request, MOST_UNCLAIMED_IN_ONE, List.of(life, process));
        }
    }

    private void ranUnclaimed(Request request, int most, List<Object> where) {
        int runs = unclaimedRuns.merge(where, 1, Integer::sum);
        require(runs <= most, "G1", "no attempt counts its runs", request);
    }

    private static String run(Request request, String step) {
        return request.key() + " " + request.life() + " " + request.fence() + " " + step;
    }

    /** A step of {@code request} did something outside, and remembered it by this key. */
    public void effect(String effectKey, Request request) {
        Optional<String> life = Optional.ofNullable(request.life());
        Optional<String> before = effects.put(effectKey, life);
        require(
                before == null || before.equals(life),
                "G4",
                "two requests remember an effect by one key",
                effectKey);
    }

    /**
     * A write that was given up has arrived, and has an effect.
     *
     * @param sentAt what there was when it was sent
     * @param now what there was when it arrived
     */
    public void late(WriterRole role, Optional<Request> sentAt, Optional<Request> now) {
        if (isAnotherWithoutLife(sentAt, now)) {
            return;
        }
        boolean isUnchanged =
                now.isPresent()
                        && sentAt.isPresent()
                        && now.get().version() == sentAt.get().version()
                        && Objects.equals(now.get().life(), sentAt.get().life());
        require(
                isUnchanged,
                role == WriterRole.WORKER ? "G3" : "G5",
                "a late write of the " + role + " changed what had changed since",
                now);
    }

    /**
     * An id that was used twice by the release without lives: nothing tells the two apart. Outside
     * the simulator a day at least lies between them, and a late write comes within seconds.
     */
    private static boolean isAnotherWithoutLife(Optional<Request> sentAt, Optional<Request> now) {
        return now.filter(it -> it.life() == null).isPresent()
                && !sentAt.map(Request::createdAt).equals(now.map(Request::createdAt));
    }

    private Known known(RequestKey key) {
        return requests.computeIfAbsent(key, any -> new Known());
    }

    /** What is known of one request besides its item. */
    private static final class Known {
        private static final java.util.Comparator<RequestKey> ORDER =
                java.util.Comparator.comparing(RequestKey::owner).thenComparing(RequestKey::id);
        private boolean acknowledged;
        private boolean finishedOnce;
        private int handBacks;
        private final Map<Long, Thread> holders = new HashMap<>();
    }

    /** An item was changed. */
    public void wrote(ObservedWrite write) {
        if (write.after().isEmpty()) {
            removed(write);
        } else if (write.before().isEmpty()) {
            submitted(write, write.after().get());
        } else if (replacesExpired(write, write.before().get())) {
            known(write.key()).holders.clear();
            submitted(write, write.after().get());
        } else {
            changed(write, write.before().get(), write.after().get());
        }
        write.after().ifPresent(after -> isWellKept(write, after));
    }

    private void removed(ObservedWrite write) {
        Request before = write.before().orElseThrow();
        boolean expired = before.expiresAt() != null && !before.expiresAt().isAfter(write.truth());
        require(before.status().finished() && expired, "G1", "it was forgotten", before);
        known(write.key()).holders.clear();
    }

    /** A submission, by whose clock the request under the id has expired. */
    private static boolean replacesExpired(ObservedWrite write, Request before) {
        return write.role() == WriterRole.API
                && before.status().finished()
                && before.expiresAt() != null
                && !before.expiresAt().isAfter(write.now())
                && write.after().map(Request::version).filter(it -> it == 1).isPresent();
    }

    private void submitted(ObservedWrite write, Request after) {
        if (write.role() == WriterRole.NEWER_RELEASE) {
            ofNewerRelease.add(write.key());
            return;
        }
        if (after.life() != null) {
            require(lives.add(after.life()), "G4", "a life was given twice", after);
        }
        require(
                write.role() == WriterRole.API && after.status() == Status.ACCEPTED,
                "G2",
                "it began otherwise than by a submission",
                write);
        require(after.version() == 1, "G2", "its first version is not 1", after);
    }

    private void changed(ObservedWrite write, Request before, Request after) {
        boolean isNewer = ofNewerRelease.contains(write.key());
        require(!isNewer, "G1", "what a newer release wrote was changed", write);
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
        punctuality(write, before);
        life(write, before, after);
        error(write, after);
        steps(write, before, after);
        holder(write, before, after);
        if (write.role() == WriterRole.WORKER) {
            getsOn(write, before, after);
        }
    }

    /**
     * Hand-backs that do not count as attempts, one after the other, and no step done meanwhile.
     */
    private void getsOn(ObservedWrite write, Request before, Request after) {
        Known known = known(write.key());
        boolean isHandBack =
                before.status() == Status.RUNNING
                        && after.status() == Status.ACCEPTED
                        && after.attempt() < before.attempt();
        if (isHandBack) {
            known.handBacks++;
            require(known.handBacks < MOST_HAND_BACKS, "G1", "it is handed back for ever", write);
        } else if (after.status() != Status.RUNNING || after.nextStep() > before.nextStep()) {
            known.handBacks = 0;
        }
    }

    private void punctuality(ObservedWrite write, Request before) {
        if (punctual && write.role() == WriterRole.SWEEPER && before.dueAt() != null) {
            Duration late = Duration.between(before.dueAt(), write.truth());
            require(late.compareTo(MOST_LATE) <= 0, "G1", "it was due for " + late, write);
        }
    }

    /** It stays; where there is none, the first claim gives it. */
    private void life(ObservedWrite write, Request before, Request after) {
        if (before.life() != null) {
            require(before.life().equals(after.life()), "G4", "the life was changed", write);
        } else if (after.status() == Status.RUNNING) {
            require(after.life() != null, "G4", "a claim gave no life", write);
        }
    }

    private void error(ObservedWrite write, Request after) {
        RequestError error = after.error();
        boolean isNew = after.status() == Status.FAILED || after.status() == Status.RETRYING;
        if (error == null || !isNew) {
            return;
        }
        require(
                !error.code().equals("unknown-type") || after.type().equals(TYPE_OF_NONE),
                "G1",
                "an older release failed a newer one's request",
                write);
        Instant limit = limits.get(run(after, String.valueOf(error.step())));
        require(
                !error.code().equals("step-timed-out")
                        || limit == null
                        || !write.truth().isBefore(limit),
                "G3",
                "a step was stopped before its time limit",
                write);
    }

    private static boolean isSameRequest(Request before, Request after) {
        return before.type().equals(after.type())
                && before.input().equals(after.input())
                && (before.createdAt() == null
                        || Objects.equals(before.createdAt(), after.createdAt()));
    }

    /** What is done stays done, as it was; only the next step can become done. */
    private void steps(ObservedWrite write, Request before, Request after) {
        List<StepState> done = before.steps().subList(0, before.nextStep());
        boolean kept =
                after.steps().size() >= done.size()
                        && after.steps().subList(0, done.size()).equals(done);
        require(kept, "G3", "a committed output was changed", write);
        require(after.nextStep() <= done.size() + 1, "G3", "two steps at once", write);
        for (StepState step : after.steps()) {
            if (step.done()) {
                String key = after.effectKey(step.name());
                require(effects.containsKey(key), "G4", "a step is done without its effect", write);
            }
        }
    }

    /** Of the workers, only the one that claimed it may write to it. */
    private void holder(ObservedWrite write, Request before, Request after) {
        if (write.role() != WriterRole.WORKER) {
            return;
        }
        Map<Long, Thread> holders = known(write.key()).holders;
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

    private void isWellKept(ObservedWrite write, Request after) {
        if (after.status().finished()) {
            known(write.key()).finishedOnce = true;
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
        requests.forEach((key, known) -> ended(key, known, Optional.ofNullable(items.get(key))));
    }

    private void ended(RequestKey key, Known known, Optional<Request> item) {
        boolean finished = item.map(there -> there.status().finished()).orElse(known.finishedOnce);
        if (known.acknowledged && !finished) {
            broken("G1", "it was accepted and never finished: " + key + " is " + item);
        }
    }
}
