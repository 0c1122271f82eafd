package dev.statuswire.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs builds with a deliberate fault: a simulator that does not detect them proves nothing. */
final class FaultyBuildsTest {

    private static final Path TRANSITIONS =
            Path.of("backend/core/src/main/java/dev/statuswire/core/transition/Transitions.java");
    private static final Path WORK =
            Path.of("backend/processor/src/main/java/dev/statuswire/processor/work");
    private static final Path REQUEST =
            Path.of("backend/core/src/main/java/dev/statuswire/core/request/Request.java");
    private static final Path PROCESSOR =
            Path.of("backend/processor/src/main/java/dev/statuswire/processor");
    private static final Path FIRST_DELIVERIES = PROCESSOR.resolve("FirstDeliveryDetector.java");
    private static final Path LINK = Path.of("backend/core/src/main/java/dev/statuswire/core/link");
    private static final Path RECORD =
            Path.of("backend/core/src/main/java/dev/statuswire/core/stream/RequestRecord.java");
    private static final Path NOTIFIER = Path.of("notifier/src/main/java/dev/statuswire/notifier");
    private static final Path MAPPING =
            Path.of("infra/emulator/src/main/java/dev/statuswire/emulator/mapping");
    private static final Path PAGE =
            Path.of("infra/simulator/src/main/java/dev/statuswire/simulator/live");

    private static final Path LINK_TABLE =
            Path.of(
                    "infra/simulator/src/main/java/dev/statuswire/simulator/database/LinkTable.java");

    private static final int SCHEDULES = Scale.of(20_000, 200_000);

    /**
     * A build that is first detected at a higher seed than this is rarely detected: when other code
     * changes its schedules, detecting it again can take minutes. Only {@code ./test --long} runs
     * such builds. The others are detected again within seconds.
     */
    private static final long LAST_SEED_OF_FREQUENT = 1_600;

    /** How many of the frequently detected builds {@code ./test} runs. */
    private static final int SAMPLE = 20;

    /**
     * Returns all builds in {@code ./test --long}, and otherwise different ones for each run of
     * {@code ./test}.
     */
    static Stream<FaultyBuild> faultyBuilds() {
        if (Scale.LONG) {
            return all();
        }
        List<FaultyBuild> frequent =
                new ArrayList<>(
                        all().filter(build -> build.seed() <= LAST_SEED_OF_FREQUENT).toList());
        Collections.shuffle(frequent, new Random(ScheduleRunnerTest.FIRST));
        return frequent.stream().limit(SAMPLE);
    }

    private static Stream<FaultyBuild> all() {
        return Stream.of(
                new FaultyBuild(
                        "a second answer to the same wait is accepted",
                        514,
                        TRANSITIONS,
                        "Writer.USER, all(is(Status.WAITING), isAsSeen(seen)), now, changes);",
                        "Writer.USER, new Condition.Compared(Item.VERSION, AT_LEAST, 1), now, changes);"),
                new FaultyBuild(
                        "an answer that has lost against the time limit is accepted",
                        313,
                        TRANSITIONS,
                        "Condition condition = all(is(Status.WAITING), isAsSeen(seen));",
                        "Condition condition = is(Status.WAITING, Status.ACCEPTED);"),
                new FaultyBuild(
                        "a request that waits keeps the due time of its lease",
                        0,
                        TRANSITIONS,
                        "changes.addAll(due(held.key(), until));",
                        "changes.addAll(lease(held, now));"),
                new FaultyBuild(
                        "a request that waits keeps its worker's fence",
                        0,
                        TRANSITIONS,
                        """
                                changes.add(put(Status.WAITING));
                                changes.add(new Add(Item.FENCE, 1));
                        """,
                        "changes.add(put(Status.WAITING));"),
                new FaultyBuild(
                        "the attempts before a wait count after it",
                        0,
                        TRANSITIONS,
                        """
                                changes.add(new Remove(Item.WAIT));
                                changes.add(new Put(Item.ATTEMPT, Item.number(0)));
                        """,
                        "changes.add(new Remove(Item.WAIT));"),
                new FaultyBuild(
                        "a scheduled request starts twice",
                        401,
                        TRANSITIONS,
                        "all(is(Status.SCHEDULED), isAsSeen(seen))",
                        "is(Status.SCHEDULED, Status.ACCEPTED, Status.RUNNING)"),
                new FaultyBuild(
                        "a request starts after its time limit",
                        10,
                        WORK.resolve("RequestRunner.java"),
                        "        if (seen.isTooLate(now())) {",
                        "        if (seen.version() < 0) {"),
                new FaultyBuild(
                        "steps are undone in the order in which they ran",
                        664,
                        WORK.resolve("StepSequence.java"),
                        """
                                int index = claimed.request().nextToUndo();
                        """,
                        """
                                int index = 0;
                                while (index < steps.size()
                                        && !claimed.request().steps().get(index).isToUndo()) {
                                    index++;
                                }
                                index = index == steps.size() ? -1 : index;
                        """),
                new FaultyBuild(
                        "a retry does not repeat undone steps",
                        43,
                        TRANSITIONS,
                        ".map(step -> isUndone(step) ? step.pendingAgain() : step)",
                        ".map(step -> step)"),
                new FaultyBuild(
                        "an effect key is used again after its effect was undone",
                        43,
                        REQUEST,
                        "int inRun = runOf(step);",
                        "int inRun = Math.min(1, runOf(step));"),
                new FaultyBuild(
                        "a cancel of a request that waits leaves its finished steps in effect",
                        236,
                        TRANSITIONS,
                        "        if (!seen.hasStepToUndo()) {\n            return cancelled(",
                        "        if (seen.version() > 0) {\n            return cancelled("),
                new FaultyBuild(
                        "a failure after finished steps does not undo them",
                        38,
                        WORK.resolve("StepResultWriter.java"),
                        "        return turnsBack\n                ? turnBack(",
                        "        return request.version() < 0\n                ? turnBack("),
                new FaultyBuild(
                        "a step is marked as undone before its undo has run",
                        17,
                        WORK.resolve("StepSequence.java"),
                        "return resultWriter.writeUndo(runs.of(step, true).run(index, timeLeft), index, step);",
                        "return resultWriter.writeUndo(new StepResult.Returned(\"null\"), index, step);"),
                new FaultyBuild(
                        "a deletion does not require the state that was read",
                        17384,
                        TRANSITIONS,
                        "return all(is(Status.SUCCEEDED, Status.FAILED, Status.CANCELLED), isAsSeen(seen));",
                        "return new Condition.Compared(Item.VERSION, AT_LEAST, 1);"),
                new FaultyBuild(
                        "an entry of the history has the version that its writer has seen",
                        0,
                        TRANSITIONS,
                        "new HistoryEntry(seen.version() + 1, now",
                        "new HistoryEntry(seen.version(), now"),
                new FaultyBuild(
                        "a change replaces the history",
                        0,
                        TRANSITIONS,
                        "new Append(Item.HISTORY, Item.entry(entry))",
                        "new Put(Item.HISTORY, Item.history(List.of(entry)))"),
                new FaultyBuild(
                        "a worker's writes require neither its fence nor the version that it saw",
                        93,
                        TRANSITIONS,
                        """
                                        isAsSeen(held),
                                        new Condition.Compared(Item.FENCE, IS, held.fence()));
                        """,
                        "new Condition.Compared(Item.FENCE, Condition.Comparison.AT_LEAST, 0));"),
                new FaultyBuild(
                        "a worker's writes do not require the version that it saw",
                        93,
                        TRANSITIONS,
                        """
                                        isAsSeen(held),
                        """,
                        ""),
                new FaultyBuild(
                        "finishing without a claim does not require the version that was read",
                        21163,
                        TRANSITIONS,
                        """
                                        isAsSeen(started),
                                        new Condition.Compared(Item.FENCE, IS, started.fence()));
                        """,
                        "new Condition.Compared(Item.FENCE, AT_LEAST, 0));"),
                new FaultyBuild(
                        "a request that is no longer ACCEPTED is finished without a claim",
                        1395,
                        TRANSITIONS,
                        """
                                        is(Status.ACCEPTED),
                                        isAsSeen(started),
                                        new Condition.Compared(Item.FENCE, IS, started.fence()));
                        """,
                        "new Condition.Compared(Item.FENCE, AT_LEAST, 0));"),
                new FaultyBuild(
                        "a redelivered request runs without a claim again",
                        20,
                        FIRST_DELIVERIES,
                        "return isAsSubmitted(seen) && isNew(seen.createdAt()) && markSeen(seen.life());",
                        "return isAsSubmitted(seen);"),
                new FaultyBuild(
                        "a process treats a request that was submitted before its start as new",
                        318,
                        FIRST_DELIVERIES,
                        "|| !submitted.isAfter(atWorkSince)",
                        ""),
                new FaultyBuild(
                        "a process does not remember which requests it has treated as new",
                        8705,
                        FIRST_DELIVERIES,
                        "return life != null && seenLives.putIfAbsent(life, now) == null;",
                        "return life != null;"),
                new FaultyBuild(
                        "a request without a life is finished without a claim",
                        695,
                        FIRST_DELIVERIES,
                        "return isAsSubmitted(seen) && isNew(seen.createdAt()) && markSeen(seen.life());",
                        "return seen.version() == 1 && isNew(seen.createdAt());"),
                new FaultyBuild(
                        "a user's cancel does not require the version that was read",
                        894,
                        TRANSITIONS,
                        """
                                                is(Status.SCHEDULED, Status.ACCEPTED, Status.RETRYING, Status.WAITING),
                                                isAsSeen(seen)),
                        """,
                        "is(Status.SCHEDULED, Status.ACCEPTED, Status.RETRYING, Status.WAITING)),"),
                new FaultyBuild(
                        "a user's retry does not require the version that was read",
                        875,
                        TRANSITIONS,
                        "all(is(Status.FAILED, Status.CANCELLED), isAsSeen(seen)),",
                        "is(Status.FAILED, Status.CANCELLED),"),
                new FaultyBuild(
                        "two requests with the same id share an effect key",
                        95,
                        REQUEST,
                        "\"/\", escaped(key.owner()), escaped(key.id()), escaped(life), escaped(step));",
                        "\"/\", escaped(key.owner()), escaped(key.id()), escaped(step));"),
                new FaultyBuild(
                        "a claim does not add a missing life",
                        14,
                        TRANSITIONS,
                        "return seen.life() == null && seen.steps().isEmpty()",
                        "return seen.version() < 0"),
                new FaultyBuild(
                        "an invocation that finished no step does not count as an attempt",
                        294,
                        WORK.resolve("StepResultWriter.java"),
                        "committed ? handBack() : handBackUnfinished();",
                        "handBack();"),
                new FaultyBuild(
                        "a request of an unknown type fails at once",
                        441,
                        WORK.resolve("RequestRunner.java"),
                        "} else if (!now().isBefore(since.plus(UNKNOWN_TYPE_PATIENCE))) {",
                        "} else {"),
                new FaultyBuild(
                        "a request of an unknown type never fails",
                        57,
                        WORK.resolve("RequestRunner.java"),
                        "} else if (!now().isBefore(since.plus(UNKNOWN_TYPE_PATIENCE))) {",
                        "} else if (seen.version() < 0) {"),
                new FaultyBuild(
                        "a worker processes a request of a newer release",
                        22,
                        REQUEST,
                        "return format <= FORMAT",
                        "return format > 0"),
                new FaultyBuild(
                        "a time limit uses the wall clock",
                        3415,
                        WORK.resolve("StepRun.java"),
                        "this.steady = timeAndRandomness.steady();",
                        "this.steady = timeAndRandomness.clock();"),
                new FaultyBuild(
                        "a claim does not raise the fence",
                        1,
                        TRANSITIONS,
                        """
                                changes.add(put(Status.RUNNING));
                                changes.add(new Add(Item.FENCE, 1));
                        """,
                        "changes.add(put(Status.RUNNING));"),
                new FaultyBuild(
                        "a claim accepts an outdated record",
                        80,
                        TRANSITIONS,
                        "is(Status.ACCEPTED),\n                isAsSeen(seen),\n",
                        "is(Status.ACCEPTED),\n"),
                new FaultyBuild(
                        "a worker ignores that the type of a request has changed",
                        755,
                        PROCESSOR.resolve("work/RequestRunner.java"),
                        "if (StepState.canContinue(type.stepNames(), seen.steps())) {",
                        "if (!seen.status().finished()) {"),
                new FaultyBuild(
                        "the failures of a step count for the next one",
                        96,
                        TRANSITIONS,
                        "return held.failures() > 0 || held.attempt() > 1",
                        "return held.version() < 0"),
                new FaultyBuild(
                        "the sweeper never gives up",
                        97,
                        PROCESSOR.resolve("DueRequestHandler.java"),
                        "return seen.attempt() < seen.maxAttempts()",
                        "return seen.attempt() >= 0"),
                new FaultyBuild(
                        "a worker continues after a cancel",
                        26221,
                        TRANSITIONS,
                        "return all(isHeld(held), new Condition.Flag(Item.CANCEL_REQUESTED, false));",
                        "return isHeld(held);"),
                new FaultyBuild(
                        "a re-offered request keeps its fence",
                        1,
                        TRANSITIONS,
                        """
                                changes.add(put(status));
                                changes.add(new Add(Item.FENCE, 1));
                        """,
                        "changes.add(put(status));"),
                new FaultyBuild(
                        "a write does not increase the version",
                        1,
                        TRANSITIONS,
                        "all.add(new Add(Item.VERSION, 1));",
                        ""),
                new FaultyBuild(
                        "an unfinished request expires",
                        1,
                        TRANSITIONS,
                        "return Map.copyOf(item);",
                        "item.put(Item.EXPIRES_AT, Item.number(now.getEpochSecond())); return Map.copyOf(item);"),
                new FaultyBuild(
                        "a retried request still expires",
                        3,
                        TRANSITIONS,
                        "changes.add(new Remove(Item.EXPIRES_AT));",
                        ""),
                new FaultyBuild(
                        "a submitted request gets no due time",
                        1,
                        TRANSITIONS,
                        "due(key, due).forEach(put -> put.applyTo(item));",
                        ""),
                new FaultyBuild(
                        "a retry repeats finished steps",
                        19,
                        TRANSITIONS,
                        "changes.add(new Remove(Item.EXPIRES_AT));",
                        "changes.add(new Remove(Item.EXPIRES_AT)); changes.add(new Remove(Item.STEPS));"),
                new FaultyBuild(
                        "a retry does not clear the requested cancel",
                        59,
                        TRANSITIONS,
                        """
                                changes.add(new Remove(Item.ERROR));
                                changes.add(new Remove(Item.CANCEL_REQUESTED));
                        """,
                        "changes.add(new Remove(Item.ERROR));"),
                new FaultyBuild(
                        "the sweeper offers a request that has changed since it was read",
                        37,
                        TRANSITIONS,
                        "return all(is(Status.ACCEPTED, Status.RUNNING, Status.RETRYING), isAsSeen(seen));",
                        "return is(Status.ACCEPTED, Status.RUNNING, Status.RETRYING);"),
                new FaultyBuild(
                        "the sweeper offers a request that is no longer due",
                        5,
                        PROCESSOR.resolve("DueRequestHandler.java"),
                        "return due.dueAt().equals(found.get().dueAt()) ?",
                        "return due.dueAt().isBefore(clock.instant()) ?"),
                new FaultyBuild(
                        "the sweeper does not look ahead",
                        57,
                        PROCESSOR.resolve("Sweeper.java"),
                        "Duration ahead = lookAhead;",
                        "Duration ahead = Duration.ZERO;"),
                new FaultyBuild(
                        "a backoff gets no timer",
                        340,
                        PROCESSOR.resolve("StreamProcessor.java"),
                        "if (waitsUntil.isPresent()) {",
                        "if (waitsUntil.isPresent() && after.version() < 0) {"),
                new FaultyBuild(
                        "a timer that fires too early offers its request at once",
                        221,
                        PROCESSOR.resolve("TimerHandler.java"),
                        "all.stream().filter(one -> one.isDue(now)).toList(),",
                        "all,"),
                new FaultyBuild(
                        "the highest failed record is reported instead of the lowest",
                        23,
                        MAPPING.resolve("BatchResponse.java"),
                        "lowest = Math.min(lowest, index);",
                        "lowest = lowest == batch.size() ? index : Math.max(lowest, index);"),
                new FaultyBuild(
                        "sequence numbers are compared as text",
                        6,
                        MAPPING.resolve("SequenceNumber.java"),
                        "return value.compareTo(other.value);",
                        "return text.compareTo(other.text);"),
                new FaultyBuild(
                        "the position advances before the function has been called",
                        2001,
                        MAPPING.resolve("ShardProgress.java"),
                        "!entries.isEmpty() && !unfinished.containsKey(entries.getFirst().number)",
                        "!entries.isEmpty()"),
                new FaultyBuild(
                        "changes are lost while the subscribers cannot be read",
                        236,
                        NOTIFIER.resolve("StatusNotifier.java"),
                        "return sequenceNumbers(records);",
                        "return List.of();"),
                new FaultyBuild(
                        "a slow connection is deleted from the table but stays open",
                        562,
                        NOTIFIER.resolve("push/LiveConnection.java"),
                        "case BUSY -> close(\"slow\");",
                        "case BUSY -> forget(\"slow\");"),
                new FaultyBuild(
                        "the oldest change of a request in a batch is pushed instead of the newest",
                        236,
                        NOTIFIER.resolve("frame/LatestChanges.java"),
                        "            earlier.removeLast();",
                        "            return;"),
                new FaultyBuild(
                        "a page reads the list before it subscribes",
                        6875,
                        PAGE.resolve("SimulatedPage.java"),
                        """
                                    subscribe(mine);
                                    readAll();
                        """,
                        "readAll(); subscribe(mine);"),
                new FaultyBuild(
                        "a page shows the change that arrived last instead of the newest",
                        1019,
                        PAGE.resolve("PageState.java"),
                        "return arrived.version() > known.version() ? arrived : known;",
                        "return arrived;"),
                new FaultyBuild(
                        "a link gives access to the next request with the same id",
                        161,
                        LINK.resolve("Link.java"),
                        "return request.equals(found.key()) && Objects.equals(life, found.life());",
                        "return request.equals(found.key());"),
                new FaultyBuild(
                        "a revoked link still gives access",
                        17,
                        LINK.resolve("Links.java"),
                        "return LinkSecret.isLinkId(linkId) && links.revoke(request, linkId);",
                        "return LinkSecret.isLinkId(linkId);"),
                new FaultyBuild(
                        "a revoked link is stored again by an abandoned call",
                        2381,
                        LINK_TABLE,
                        "if (revoked.contains(link.id()) || links",
                        "if (links"),
                new FaultyBuild(
                        "a link does not expire",
                        110,
                        LINK.resolve("Link.java"),
                        "return !now.isBefore(options.expiresAt());",
                        "return id.isEmpty();"),
                new FaultyBuild(
                        "a link to watch allows answers",
                        651,
                        LINK.resolve("LinkOptions.java"),
                        "return scope == LinkScope.ANSWER && (step",
                        "return (step"),
                new FaultyBuild(
                        "a link for one step allows answers to other steps",
                        52,
                        LINK.resolve("LinkOptions.java"),
                        "(step == null || step.equals(asked))",
                        "(step == null || !asked.isEmpty())"),
                new FaultyBuild(
                        "a link does not mark its request as shared",
                        2,
                        LINK.resolve("Links.java"),
                        "if (seen.shared()) {",
                        "if (seen.life() != null) {"),
                new FaultyBuild(
                        "sharing a request increases its version",
                        2,
                        TRANSITIONS,
                        "changes.add(new Put(Item.SHARED, AttributeValue.fromBool(true)));",
                        "changes.add(new Put(Item.SHARED, AttributeValue.fromBool(true))); changes.add(new Add(Item.VERSION, 1));"),
                new FaultyBuild(
                        "a change is not pushed to those who watch by a link",
                        7,
                        NOTIFIER.resolve("StatusNotifier.java"),
                        "return record.after().map(Request::shared).orElse(false)",
                        "return record.sequenceNumber().isEmpty()"),
                new FaultyBuild(
                        "the end of a request is not pushed to those who watch by a link",
                        2,
                        NOTIFIER.resolve("StatusNotifier.java"),
                        "|| record.ended().map(RemovedRequest::shared).orElse(false);",
                        ";"),
                new FaultyBuild(
                        "the links of a deleted request are kept",
                        2,
                        NOTIFIER.resolve("StatusNotifier.java"),
                        "                deleteLinks(records);\n",
                        ""),
                new FaultyBuild(
                        "an expired request does not end for its watchers and links if its id is submitted again",
                        5092,
                        RECORD,
                        "return removed.or(() -> before.filter(this::isReplaced).map(RemovedRequest::of));",
                        "return removed;"),
                new FaultyBuild(
                        "the end of a request deletes the links of the next one with its id",
                        6696,
                        NOTIFIER.resolve("StatusNotifier.java"),
                        ".filter(link -> Objects.equals(link.life(), last.life()))",
                        ""),
                new FaultyBuild(
                        "an answer by a link is recorded as one of the owner",
                        84,
                        TRANSITIONS,
                        "changes.add(history(seen, HistoryEntry.ANSWERED, by, null, now));",
                        "changes.add(history(seen, HistoryEntry.ANSWERED, HistoryEntry.OWNER, null, now));"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultyBuilds")
    void faulty_build_is_detected(FaultyBuild build, @TempDir Path folder) throws Exception {
        Optional<?> broken =
                build.run(folder, Scale.LONG ? ScheduleRunnerTest.FIRST : build.seed(), SCHEDULES);

        System.out.println(broken + ": " + build);
        assertThat(String.valueOf(broken)).contains("violation=G");
    }
}
