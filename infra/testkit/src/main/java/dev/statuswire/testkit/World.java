package dev.statuswire.testkit;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.request.SubmissionOptions;
import dev.statuswire.core.store.WriteOutcome;
import dev.statuswire.core.transition.Transition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.sdk.Definition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Requests in a world of their own: a table with its stream and sweeper, a process that works on
 * them, the services that their steps call, and time. Everything happens on the calling thread.
 */
final class World<I> {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Changes every part of a date and time. */
    private static final Duration BETWEEN_WORLDS =
            Duration.parse("P397DT5H7M11S").plusNanos(13_017_019);

    private final TestedType<I> type;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Transitions transitions;
    private final boolean claims;
    private final Moments<I> moments;
    private final Effects effects;
    private final Map<Class<?>, Object> clients;
    private final Table table = new Table();
    private final MemoryLinks links;
    private final Map<RequestKey, Journal> journals = new HashMap<>();
    private final Deque<Delivery> undelivered = new ArrayDeque<>();
    private final List<Delivery> delivered = new ArrayList<>();
    private final List<TestProcess<I>> processes = new ArrayList<>();
    private @Nullable TestProcess<I> process;
    private volatile @Nullable Run running;
    private int uniqueTexts;

    /**
     * A run of a step that is under way.
     *
     * @param step its name, or that of its {@linkplain Journal#undoOf undo}
     */
    record Run(TestProcess<?> process, RequestKey request, String step) {}

    /** Receives each moment at which a process may die. */
    @FunctionalInterface
    interface Moments<I> {

        /**
         * Called by the process, in the middle of its work.
         *
         * @param moment such as {@code before the write "claim"}
         */
        void reached(World<I> world, TestProcess<I> process, String moment);
    }

    /**
     * A stream record.
     *
     * @param toWorker whether the stream processor gives it to the worker
     */
    private record Delivery(Request accepted, boolean isNew, boolean toWorker) {}

    /**
     * Creates a world without requests.
     *
     * @param life of the first request
     * @param number worlds with different numbers have different times and backoffs
     * @param claims whether each request is claimed at its first delivery, as by a new process
     */
    World(TestedType<I> type, String life, long number, boolean claims, Moments<I> moments) {
        this.type = type;
        this.claims = claims;
        this.moments = moments;
        this.time = new VirtualTime(START.plus(BETWEEN_WORLDS.multipliedBy(number)));
        this.links = new MemoryLinks(time);
        this.random = new Random(number);
        this.transitions = new Transitions(TransitionTiming.DEFAULT, () -> unique(life));
        this.effects = new Effects(() -> Optional.ofNullable(running));
        this.clients = type.newClients(effects);
    }

    private synchronized String unique(String life) {
        return uniqueTexts++ == 0 ? life : life + "-" + uniqueTexts;
    }

    TestedType<I> type() {
        return type;
    }

    VirtualTime time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    Transitions transitions() {
        return transitions;
    }

    Effects effects() {
        return effects;
    }

    Map<Class<?>, Object> clients() {
        return clients;
    }

    MemoryLinks links() {
        return links;
    }

    Optional<Request> find(RequestKey key) {
        return table.find(key);
    }

    Request get(RequestKey key) {
        return table.find(key).orElseThrow();
    }

    Journal journal(RequestKey key) {
        return journals.computeIfAbsent(key, unknown -> new Journal());
    }

    Outcome outcome(RequestKey key) {
        var byStep = new LinkedHashMap<String, List<Effects.Effect>>();
        type.stepsAndUndos().forEach(step -> byStep.put(step, effects.of(key, step)));
        return new Outcome(get(key), Collections.unmodifiableMap(byStep), journal(key).thrown());
    }

    /** Stores a request. Its record is delivered later. */
    void submit(RequestKey key, String input, SubmissionOptions options, Journal journal) {
        journals.put(key, journal);
        var submission = new Submission(type.definition().name(), input, options, Optional.empty());
        Request submitted = table.put(transitions.submit(key, submission, time.instant()));
        if (submitted.status() == Status.ACCEPTED) {
            undelivered.add(new Delivery(submitted, true, type.isSlow()));
        }
    }

    /** Executes a write of whatever program. */
    WriteOutcome apply(RequestKey key, Transition transition) {
        boolean wasRunning =
                table.find(key).filter(it -> it.status() == Status.RUNNING).isPresent();
        WriteOutcome outcome = table.apply(key, transition);
        if (outcome instanceof WriteOutcome.Done done
                && done.request().status() == Status.ACCEPTED) {
            undelivered.add(new Delivery(done.request(), false, type.isSlow() || wasRunning));
        }
        return outcome;
    }

    /** Executes a write that only this thread could prevent from succeeding. */
    void write(RequestKey key, BiFunction<Request, Instant, Transition> transition) {
        Transition write = transition.apply(get(key), time.instant());
        if (!(apply(key, write) instanceof WriteOutcome.Done)) {
            throw new IllegalStateException("could not " + write.name() + " " + get(key));
        }
    }

    /** Works on all requests until nothing is left to do now. */
    void run() {
        while (!undelivered.isEmpty()) {
            Delivery next = undelivered.remove();
            delivered.add(next);
            deliver(next, process(), next.isNew() && !claims);
        }
    }

    /**
     * Works on all requests until each is finished or waits. Lets backoffs and leases pass, and
     * ends the waits whose time is up meanwhile.
     */
    void runUntilIdle() {
        run();
        Optional<Request> due = table.nextDue();
        while (due.isPresent() && table.anyDue(it -> !isPlannedWait(it))) {
            offerWhenDue(due.get());
            due = table.nextDue();
        }
    }

    /** Works on all requests until they are finished. Their waits end as their journals say. */
    void runToEnd() {
        run();
        Optional<Request> due = table.nextDue();
        while (due.isPresent()) {
            Request next = due.get();
            Optional<String> answer = plannedAnswer(next);
            if (answer.isPresent()) {
                endWait(
                        next,
                        transitions.answer(next, answer.get(), HistoryEntry.OWNER, time.instant()));
                run();
            } else {
                offerWhenDue(next);
            }
            due = table.nextDue();
        }
    }

    private Optional<String> plannedAnswer(Request seen) {
        return seen.isAnswerable()
                ? journal(seen.key()).answerTo(stepThatWaits(seen))
                : Optional.empty();
    }

    /** Returns the name of the step that waits. */
    static String stepThatWaits(Request waiting) {
        return Objects.requireNonNull(waiting.waitingFor()).step();
    }

    private static boolean isPlannedWait(Request request) {
        return request.status() == Status.WAITING || request.status() == Status.SCHEDULED;
    }

    /** Works on all requests while time passes. */
    void advance(Duration by) {
        Instant end = time.instant().plus(by);
        run();
        Optional<Request> due = nextDue(end);
        while (due.isPresent()) {
            offerWhenDue(due.get());
            due = nextDue(end);
        }
        time.advanceTo(end);
    }

    private Optional<Request> nextDue(Instant end) {
        return table.nextDue().filter(it -> !dueAt(it).isAfter(end));
    }

    private void offerWhenDue(Request due) {
        time.advanceTo(dueAt(due));
        if (due.isAnswerable()) {
            journal(due.key()).unanswered(stepThatWaits(due));
        }
        if (isPlannedWait(due)) {
            endWait(due, offer(due, time.instant()));
        } else {
            write(due.key(), this::offer);
        }
        run();
    }

    /**
     * Ends a wait. What may happen to the process before and after this write may also end the
     * wait; then this write comes too late.
     */
    private void endWait(Request seen, Transition write) {
        reachedIdle("before the write \"" + write.name() + "\"");
        apply(seen.key(), write);
        reachedIdle("after the write \"" + write.name() + "\"");
    }

    private void reachedIdle(String moment) {
        TestProcess<I> idle = process();
        try {
            idle.reached(moment);
        } catch (TestProcess.Crash crash) {
            process = process == idle ? null : process;
        }
    }

    private static Instant dueAt(Request request) {
        return Optional.ofNullable(request.dueAt()).orElse(Instant.MAX);
    }

    /** Returns what the sweeper does with a due request. */
    private Transition offer(Request due, Instant now) {
        if (due.isTooLate(now)) {
            return transitions.tooLate(due, now);
        }
        if (due.status() == Status.SCHEDULED) {
            return transitions.start(due, now);
        }
        if (due.status() == Status.WAITING) {
            return transitions.timeIsUp(due, now);
        }
        if (due.cancelRequested()) {
            return transitions.cancelAbandoned(due, now);
        }
        return due.attempt() < due.maxAttempts()
                ? transitions.sweep(due, now)
                : transitions.giveUp(due, now);
    }

    private TestProcess<I> process() {
        TestProcess<I> current = process;
        return current == null ? startProcess(type.newDefinition()) : current;
    }

    /** Starts the process to which records are delivered from now on. */
    TestProcess<I> startProcess(Definition<I> definition) {
        var started = new TestProcess<>(this, definition);
        processes.add(started);
        process = started;
        return started;
    }

    /** The process does not receive records any more. What it is doing, it may continue. */
    void abandonProcess() {
        process = null;
    }

    /** Delivers every record again, to another process. */
    void redeliver() {
        TestProcess<I> known = process;
        TestProcess<I> other = startProcess(type.newDefinition());
        process = known;
        List.copyOf(delivered).forEach(delivery -> deliver(delivery, other, false));
    }

    private void deliver(Delivery record, TestProcess<I> to, boolean isFirst) {
        try {
            if (record.toWorker()) {
                find(record.accepted().key())
                        .filter(it -> it.status() == Status.ACCEPTED)
                        .ifPresent(to::run);
            } else if (isFirst) {
                to.runNew(record.accepted());
            } else {
                to.run(record.accepted());
            }
        } catch (TestProcess.Crash crash) {
            process = process == to ? null : process;
        }
    }

    /** Called by processes. */
    void reached(TestProcess<I> reachedBy, String moment) {
        moments.reached(this, reachedBy, moment);
    }

    /** Sets the run that is under way and returns the one that was; null for none. */
    @Nullable Run setRunning(@Nullable Run run) {
        Run before = running;
        running = run;
        return before;
    }

    /** Closes what the type has created in all processes. */
    void close() {
        processes.forEach(TestProcess::close);
    }
}
