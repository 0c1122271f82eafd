package dev.statuswire.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.testing.CountingDynamoDb;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.transition.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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
    private static final int FEW = 20;
    private static final int MANY = 2_000;

    private final String table = DYNAMO_DB.newRequestsTable();
    private final CountingDynamoDb counted = new CountingDynamoDb(DYNAMO_DB.client());
    private final DueIndex index = new DynamoDbDueIndex(counted.client(), table);

    /** Reads up to two pages of the index. If it has more, its partitions are queried. */
    private DueIndex queried() {
        return new DynamoDbDueIndex(counted.client(), table, 2, FEW, new Random());
    }

    @Test
    void empty_index_costs_one_call() {
        assertThat(index.dueAt(NOW, PLENTY)).isEmpty();

        assertThat(counted.calls()).containsExactly("scan");
    }

    @Test
    void small_index_costs_one_call() {
        List<DueRequest> due = List.of(due("overdue-a", NOW.minusMillis(1)), due("due-00b", NOW));
        put(due);
        put(List.of(due("not-due-a", NOW.plusMillis(1)), due("not-due-c", LATER)));

        assertThat(index.dueAt(NOW, PLENTY)).containsExactlyInAnyOrderElementsOf(due);

        assertThat(counted.calls()).containsExactly("scan");
    }

    @Test
    void due_requests_are_found_in_an_index_with_many_pages() {
        List<DueRequest> due = List.of(due("overdue-z", NOW), due("overdue-_", NOW.minusMillis(1)));
        put(IntStream.range(0, 3 * FEW).mapToObj(n -> due(id(n), LATER)).toList());
        put(due);

        assertThat(queried().dueAt(NOW, PLENTY)).containsExactlyElementsOf(due.reversed());

        assertThat(counted.calls()).filteredOn("query"::equals).hasSize(RequestKey.DUE_SHARDS);
    }

    @Test
    void due_requests_are_found_on_several_pages() {
        List<DueRequest> due = overdue(2 * FEW - 1);
        put(due);

        assertThat(queried().dueAt(NOW, PLENTY)).containsExactlyInAnyOrderElementsOf(due);
        assertThat(counted.calls()).containsOnly("scan");
    }

    @Test
    void longest_overdue_requests_of_a_partition_are_found_up_to_the_limit() {
        List<DueRequest> due = overdue(4 * FEW);
        put(due, "7");

        assertThat(queried().dueAt(NOW, FEW + 1))
                .containsExactlyElementsOf(due.reversed().subList(0, FEW + 1));
    }

    @Test
    void entry_in_an_unused_partition_is_found_within_successive_minutes() {
        put(
                IntStream.range(0, 3 * FEW)
                        .mapToObj(n -> due(id(n), LATER.plusSeconds(3600)))
                        .toList());
        List<String> partitions = List.of("A", "é", "256", "-1", "unused partition");
        List<DueRequest> entries =
                IntStream.range(0, partitions.size())
                        .mapToObj(n -> due("küche-des-königs-" + n, NOW))
                        .toList();
        for (int n = 0; n < partitions.size(); n++) {
            put(List.of(entries.get(n)), partitions.get(n));
        }

        assertThat(
                        IntStream.range(0, DynamoDbDueIndex.SEGMENTS)
                                .mapToObj(minute -> NOW.plusSeconds(60L * minute))
                                .flatMap(now -> queried().dueAt(now, PLENTY).stream()))
                .containsExactlyInAnyOrderElementsOf(entries);
        assertThat(index.dueAt(NOW, PLENTY)).containsExactlyInAnyOrderElementsOf(entries);
    }

    @Test
    void ids_that_differ_only_at_their_start_are_spread_over_the_partitions() {
        long shards =
                IntStream.range(0, 4_096)
                        .mapToObj("0199f0a4-%04x-7000-8000-00000000000a"::formatted)
                        .map(id -> new RequestKey("ada", id).dueShard())
                        .distinct()
                        .count();

        assertThat(shards).isEqualTo(RequestKey.DUE_SHARDS);
    }

    @Test
    void unfinished_requests_are_estimated_from_a_sixteenth_of_the_partitions() {
        put(IntStream.range(0, MANY).mapToObj(n -> due(id(n), LATER)).toList());
        put(List.of(new DueRequest(new RequestKey("bob", "request-of-bob"), LATER)));

        assertThat(sampling().unfinishedOf("ada", MANY)).isBetween(MANY * 6 / 10L, MANY * 14 / 10L);

        assertThat(counted.calls())
                .containsOnly("queryPaginator")
                .hasSize(RequestKey.DUE_SHARDS / 16);
    }

    /** Uses the same random numbers in every run, so that the test does not depend on chance. */
    private DueIndex sampling() {
        return new DynamoDbDueIndex(counted.client(), table, 2, null, new Random(1));
    }

    @Test
    void unfinished_requests_are_counted_on_all_pages_for_a_small_limit() {
        put(overdue(3 * FEW), "7");

        assertThat(queried().unfinishedOf("ada", DynamoDbDueIndex.SAMPLED_REQUESTS))
                .isEqualTo(3 * FEW);
        assertThat(queried().unfinishedOf("bob", 1)).isZero();
    }

    @Test
    void failed_count_is_reported_as_a_failed_count() {
        var nowhere = new DynamoDbDueIndex(counted.client(), "no-such-table");

        assertThatThrownBy(() -> nowhere.unfinishedOf("ada", 1))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the count of unfinished requests of ada failed");
    }

    @Test
    void failed_scan_is_reported_as_a_failed_search() {
        var nowhere = new DynamoDbDueIndex(counted.client(), "no-such-table");

        assertThatThrownBy(() -> nowhere.dueAt(NOW, PLENTY))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the search for due requests failed");

        assertThat(counted.calls()).containsExactly("scan");
    }

    private static List<DueRequest> overdue(int count) {
        return IntStream.range(0, count).mapToObj(n -> due(id(n), NOW.minusMillis(n))).toList();
    }

    private static DueRequest due(String id, Instant at) {
        return new DueRequest(new RequestKey("ada", id), at);
    }

    private static String id(int number) {
        return "request-%05d".formatted(number);
    }

    private void put(List<DueRequest> all, String shard) {
        write(all.stream().map(due -> put(due, shard)).toList());
    }

    private void put(List<DueRequest> all) {
        write(all.stream().map(due -> put(due, due.key().dueShard())).toList());
    }

    private static WriteRequest put(DueRequest due, String shard) {
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
                                                AttributeValue.fromS(shard),
                                                Item.DUE_AT,
                                                AttributeValue.fromN(time))))
                .build();
    }

    private void write(List<WriteRequest> writes) {
        for (int from = 0; from < writes.size(); from += MOST_AT_ONCE) {
            int end = Math.min(writes.size(), from + MOST_AT_ONCE);
            Map<String, List<WriteRequest>> batch = Map.of(table, writes.subList(from, end));
            var response = DYNAMO_DB.client().batchWriteItem(write -> write.requestItems(batch));
            assertThat(response.unprocessedItems()).isEmpty();
        }
    }
}
