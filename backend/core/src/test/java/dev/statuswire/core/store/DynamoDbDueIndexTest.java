package dev.statuswire.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.CountingDynamoDb;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

final class DynamoDbDueIndexTest {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private static final int MOST_AT_ONCE = 25;
    private static final int PLENTY = 1000;
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final String[] ASKED_OF_EACH_SHARD =
            Stream.concat(Stream.of("scan"), Collections.nCopies(64, "query").stream())
                    .toArray(String[]::new);

    private final String table = DYNAMO_DB.newRequestsTable();
    private final CountingDynamoDb counted = new CountingDynamoDb(DYNAMO_DB.client());
    private final DueIndex index = new DynamoDbDueIndex(counted.client(), table);

    @Test
    void index_in_which_nothing_is_costs_one_call() {
        assertThat(index.dueAt(NOW, PLENTY)).isEmpty();

        assertThat(counted.calls()).containsExactly("scan");
    }

    @Test
    void few_that_are_unfinished_cost_one_call() {
        List<DueRequest> due = List.of(due("overdue-a", NOW.minusMillis(1)), due("due-00b", NOW));
        put(due);
        put(List.of(due("not-due-a", NOW.plusMillis(1)), due("not-due-c", LATER)));

        assertThat(index.dueAt(NOW, PLENTY)).containsExactlyInAnyOrderElementsOf(due);

        assertThat(counted.calls()).containsExactly("scan");
    }

    /** More than a page of them, so that no page would have to have what is due. */
    @Test
    void what_is_due_is_found_among_many_that_are_not() {
        List<DueRequest> due = List.of(due("overdue-z", NOW), due("overdue-_", NOW));
        put(IntStream.range(0, 2 * DynamoDbDueIndex.FEW).mapToObj(n -> due(id(n), LATER)).toList());
        put(due);

        assertThat(index.dueAt(NOW, PLENTY)).containsExactlyElementsOf(due);

        assertThat(counted.calls()).containsExactly(ASKED_OF_EACH_SHARD);
    }

    @Test
    void all_that_is_due_is_found_where_it_is_more_than_a_page() {
        List<DueRequest> due =
                IntStream.range(0, DynamoDbDueIndex.FEW + 1)
                        .mapToObj(n -> due(id(n), NOW.minusMillis(n)))
                        .toList();
        put(due);

        assertThat(index.dueAt(NOW, PLENTY)).containsExactlyInAnyOrderElementsOf(due);
    }

    @Test
    void scan_and_queries_find_the_same_in_the_same_order() {
        var asked = new DynamoDbDueIndex(AlteredScan.endless(DYNAMO_DB.client()), table);
        var backwards = new DynamoDbDueIndex(AlteredScan.backwards(counted.client()), table);
        for (int seed = 0; seed < Scale.of(4, 40); seed++) {
            var random = new Random(seed);
            List<DueRequest> all = replaceAll(random);
            Instant now = NOW.plusMillis(random.nextInt(all.size() + 1));
            for (int limit : new int[] {1, 2, PLENTY}) {
                List<DueRequest> due = asked.dueAt(now, limit);
                assertThat(index.dueAt(now, limit)).as("seed %d", seed).isEqualTo(due);
                assertThat(backwards.dueAt(now, limit)).as("seed %d", seed).isEqualTo(due);
            }
        }
        assertThat(counted.calls()).containsOnly("scan");
    }

    /** DynamoDB may say so of any page; only the last one never does. */
    @Test
    void page_that_is_not_full_and_not_the_last_one_is_not_all_there_is() {
        put(List.of(due("overdue-a", NOW)));
        var endless = new CountingDynamoDb(AlteredScan.endless(DYNAMO_DB.client()));

        assertThat(new DynamoDbDueIndex(endless.client(), table).dueAt(NOW, PLENTY))
                .containsExactly(due("overdue-a", NOW));

        assertThat(endless.calls()).containsExactly(ASKED_OF_EACH_SHARD);
    }

    @Test
    void scan_that_fails_is_a_search_that_failed() {
        var nowhere = new DynamoDbDueIndex(counted.client(), "no-such-table");

        assertThatThrownBy(() -> nowhere.dueAt(NOW, PLENTY))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the search for what is due failed");

        assertThat(counted.calls()).containsExactly("scan");
    }

    /** At most a page, no two due at one time, in few shards, so that limits cut something off. */
    private List<DueRequest> replaceAll(Random random) {
        List<Integer> times =
                new ArrayList<>(
                        IntStream.range(0, 1 + random.nextInt(DynamoDbDueIndex.FEW - 1))
                                .boxed()
                                .toList());
        Collections.shuffle(times, random);
        int shards = 1 + random.nextInt(64);
        List<DueRequest> all =
                times.stream()
                        .map(time -> due(id(random.nextInt(shards), time), NOW.plusMillis(time)))
                        .toList();
        emptyTable();
        put(all);
        return all;
    }

    private static DueRequest due(String id, Instant at) {
        return new DueRequest(new RequestKey("ada", id), at);
    }

    private static String id(int number) {
        return id(number % 64, number);
    }

    private static String id(int shard, int number) {
        return "request-%d-%s".formatted(number, DynamoDbDueIndex.SHARDS.get(shard));
    }

    private void put(List<DueRequest> all) {
        write(all.stream().map(DynamoDbDueIndexTest::put).toList());
    }

    private static WriteRequest put(DueRequest due) {
        String time = String.valueOf(due.dueAt().toEpochMilli());
        return WriteRequest.builder()
                .putRequest(
                        put ->
                                put.item(
                                        Map.of(
                                                Item.OWNER,
                                                AttributeValue.fromS(due.key().owner()),
                                                Item.ID,
                                                AttributeValue.fromS(due.key().id()),
                                                Item.DUE_SHARD,
                                                AttributeValue.fromS(due.key().dueShard()),
                                                Item.DUE_AT,
                                                AttributeValue.fromN(time))))
                .build();
    }

    private void emptyTable() {
        write(
                DYNAMO_DB.client().scanPaginator(scan -> scan.tableName(table)).items().stream()
                        .map(Item::keyOf)
                        .map(
                                key ->
                                        WriteRequest.builder()
                                                .deleteRequest(gone -> gone.key(Item.key(key)))
                                                .build())
                        .toList());
    }

    private void write(List<WriteRequest> writes) {
        for (int from = 0; from < writes.size(); from += MOST_AT_ONCE) {
            int end = Math.min(writes.size(), from + MOST_AT_ONCE);
            Map<String, List<WriteRequest>> batch = Map.of(table, writes.subList(from, end));
            var answer = DYNAMO_DB.client().batchWriteItem(write -> write.requestItems(batch));
            assertThat(answer.unprocessedItems()).isEmpty();
        }
    }
}
