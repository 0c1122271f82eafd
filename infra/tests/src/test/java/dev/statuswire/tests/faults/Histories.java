package dev.statuswire.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.transition.Item;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** All versions of each request, as read from the table's stream. */
final class Histories {

    private static final String TABLE = "statuswire-requests";

    /** The statuses that may follow each status; keeping a status is always allowed. */
    private static final Map<Status, Set<Status>> NEXT =
            Map.of(
                    Status.ACCEPTED,
                    EnumSet.of(Status.RUNNING, Status.CANCELLED, Status.FAILED),
                    Status.RUNNING,
                    EnumSet.of(
                            Status.ACCEPTED,
                            Status.RETRYING,
                            Status.SUCCEEDED,
                            Status.FAILED,
                            Status.CANCELLED),
                    Status.RETRYING,
                    EnumSet.of(Status.ACCEPTED, Status.CANCELLED, Status.FAILED),
                    Status.SUCCEEDED,
                    EnumSet.noneOf(Status.class),
                    Status.FAILED,
                    EnumSet.of(Status.ACCEPTED),
                    Status.CANCELLED,
                    EnumSet.of(Status.ACCEPTED));

    private final Map<String, List<Request>> byId = new LinkedHashMap<>();

    private Histories() {}

    static Histories read(DynamoDbEngine engine) {
        var histories = new Histories();
        String arn =
                engine.client().describeTable(d -> d.tableName(TABLE)).table().latestStreamArn();
        for (Shard shard :
                engine.streams()
                        .describeStream(d -> d.streamArn(arn))
                        .streamDescription()
                        .shards()) {
            histories.read(engine, arn, shard);
        }
        return histories;
    }

    private void read(DynamoDbEngine engine, String arn, Shard shard) {
        String from =
                engine.streams()
                        .getShardIterator(
                                get ->
                                        get.streamArn(arn)
                                                .shardId(shard.shardId())
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        var page = engine.streams().getRecords(get -> get.shardIterator(from));
        while (!page.records().isEmpty()) {
            page.records().forEach(this::add);
            String next = page.nextShardIterator();
            if (next == null) {
                return;
            }
            page = engine.streams().getRecords(get -> get.shardIterator(next));
        }
    }

    private void add(Record record) {
        Item.read(record.dynamodb().newImage())
                .ifPresent(
                        request ->
                                byId.computeIfAbsent(request.key().id(), _ -> new ArrayList<>())
                                        .add(request));
    }

    /** Returns the ids of all requests. */
    Set<String> ids() {
        return byId.keySet();
    }

    List<Request> of(String id) {
        return byId.getOrDefault(id, List.of());
    }

    /** Asserts G2, G3 and G5 for each request, and that it succeeded. */
    void assertAllSucceeded() {
        byId.keySet().forEach(this::assertSucceeded);
    }

    void assertSucceeded(String id) {
        List<Request> versions = of(id);
        assertThat(versions).as(id).isNotEmpty();
        assertThat(versions.getLast().status()).as(id).isEqualTo(Status.SUCCEEDED);
        assertThat(versions.getLast().steps()).as(id).allMatch(StepState::done);
        assertTransitionsAreValid(id, versions);
    }

    private static void assertTransitionsAreValid(String id, List<Request> versions) {
        assertThat(versions.getFirst().version()).as(id).isEqualTo(1);
        for (int i = 1; i < versions.size(); i++) {
            Request before = versions.get(i - 1);
            Request after = versions.get(i);
            assertThat(after.version()).as(id).isEqualTo(before.version() + 1);
            assertThat(
                            before.status() == after.status()
                                    || isAllowed(before, after)
                                    || isFinishedUnclaimed(before, after))
                    .as("%s: %s to %s", id, before, after)
                    .isTrue();
            assertThat(isKept(committed(before), committed(after)))
                    .as("%s: committed steps are kept: %s to %s", id, before, after)
                    .isTrue();
        }
    }

    private static List<StepState> committed(Request request) {
        return request.steps().stream().filter(StepState::done).toList();
    }

    private static boolean isKept(List<StepState> before, List<StepState> after) {
        return after.size() >= before.size()
                && after.size() <= before.size() + 1
                && after.subList(0, before.size()).equals(before);
    }

    /** A new quick request of one step may finish without a claim. */
    private static boolean isFinishedUnclaimed(Request before, Request after) {
        return before.status() == Status.ACCEPTED
                && before.version() == 1
                && after.status() == Status.SUCCEEDED
                && after.steps().size() == 1;
    }

    private static boolean isAllowed(Request before, Request after) {
        return NEXT.getOrDefault(before.status(), Set.of()).contains(after.status());
    }
}
