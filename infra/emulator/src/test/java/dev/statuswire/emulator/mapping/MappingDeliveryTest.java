package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.engine.ExternalDynamoDb;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.time.Await;
import dev.statuswire.emulator.time.EmulatorTime;
import dev.statuswire.emulator.time.EmulatorWait;
import dev.statuswire.emulator.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which records are delivered when, in which batches and lanes, from a real stream.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using AWS Lambda with
 *     Amazon DynamoDB</a>: {@code TRIM_HORIZON}, so that "no events are missed"; "Lambda polls
 *     shards in your DynamoDB stream for records at a base rate of four times per second"; "Lambda
 *     still ensures in-order processing at the item (partition and sort key) level"
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html">Batching
 *     behavior</a>: "Lambda invokes your function when one of the following three criteria is met"
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html">Event
 *     filtering with DynamoDB</a>
 */
final class MappingDeliveryTest {

    private final StreamFixture table = new StreamFixture();
    private final Recorder function = new Recorder();

    @AfterEach
    void close() throws InterruptedException {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void setting_the_wall_clock_changes_neither_the_remaining_time_nor_the_timeout(int hours)
            throws InterruptedException {
        var wall = new ManualClock();
        var remaining = new LinkedBlockingQueue<Integer>();
        var timedOut = new CountDownLatch(1);
        RequestHandler<DynamodbEvent, String> handler =
                (event, context) -> {
                    wall.advance(Duration.ofHours(hours));
                    remaining.add(context.getRemainingTimeInMillis());
                    awaitInterrupt();
                    timedOut.countDown();
                    return "";
                };
        var mapping =
                new EventSourceMapping(
                        StreamFixture.settings(),
                        table.engine(),
                        new FunctionDefinition<>(
                                "waiting", DynamodbEvent.class, handler, Duration.ofSeconds(1)),
                        FailureDestination.LOGGED,
                        new EmulatorTime(
                                wall, EmulatorTime.STEADY, new Random(1), EmulatorWait.REAL));
        table.put("a", 1);
        mapping.start();
        assertThat(remaining.poll(30, TimeUnit.SECONDS)).isBetween(1, 1000);
        assertThat(timedOut.await(30, TimeUnit.SECONDS)).as("timed out").isTrue();
        mapping.stop(Duration.ZERO);
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException timeOut) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void records_written_before_the_first_start_are_delivered() throws InterruptedException {
        table.put("a", 1);
        table.put("b", 2);
        table.start(StreamFixture.settings(), function);
        assertThat(function.next()).containsExactly("a=1", "b=2");
    }

    @Test
    void inserts_changes_and_removals_are_delivered_in_order() throws InterruptedException {
        table.start(StreamFixture.settings(), function);
        table.put("a", 1);
        table.put("a", 2);
        table.remove("a");
        assertThat(function.next(3)).containsExactly("a=1", "a=2", "a=");
    }

    @Test
    void empty_values_reach_the_function_and_do_not_block_the_stream() throws InterruptedException {
        var empty = new LinkedHashMap<String, AttributeValue>();
        empty.put("id", AttributeValue.fromS("a"));
        empty.put("value", AttributeValue.fromN("1"));
        empty.put("map", AttributeValue.fromM(Map.of()));
        empty.put("list", AttributeValue.fromL(List.of()));
        empty.put("nested", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of()))));
        empty.put("text", AttributeValue.fromS(""));
        var images = new CopyOnWriteArrayList<Object>();
        function.responding(
                records -> {
                    images.add(records.getFirst().getDynamodb().getNewImage().toString());
                    return null;
                });
        table.start(
                StreamFixture.settings()
                        .withFilters(
                                "{\"dynamodb\":{\"NewImage\":{\"id\":{\"S\":[{\"exists\":true}]}}}}"),
                function);
        table.engine().client().putItem(put -> put.tableName("things").item(empty));
        table.put("b", 2);

        assertThat(function.next(2)).containsExactly("a=1", "b=2");
        Await.until("the first image is recorded", () -> !images.isEmpty());
        assertThat(images.getFirst().toString())
                .contains(
                        "map={M: {},}", "list={L: [],}", "nested={L: [{M: {},}],}", "text={S: ,}");
    }

    @Test
    void a_write_in_process_wakes_the_mapping() throws InterruptedException {
        table.start(StreamFixture.settings(), function);
        table.put("a", 1);
        assertThat(function.next()).containsExactly("a=1");
        table.put("a", 2);
        assertThat(function.next()).containsExactly("a=2");
    }

    @Test
    void a_write_over_http_wakes_the_mapping() throws InterruptedException {
        table.start(StreamFixture.settings(), function);
        table.put("a", 1);
        function.next();
        try (DynamoDbEngine http = new ExternalDynamoDb(table.engine().endpoint())) {
            http.client()
                    .deleteItem(
                            delete ->
                                    delete.tableName("things")
                                            .key(
                                                    Map.of(
                                                            "id",
                                                            software.amazon.awssdk.services.dynamodb
                                                                    .model.AttributeValue.fromS(
                                                                    "a"))));
        }
        assertThat(function.next()).containsExactly("a=");
    }

    @Test
    void without_wake_on_write_records_are_delivered_by_polling() throws InterruptedException {
        table.start(StreamFixture.settings().withPolling(Duration.ofMillis(20), false), function);
        table.put("a", 1);
        assertThat(function.next()).containsExactly("a=1");
    }

    @Test
    void an_external_engine_is_polled_over_http() throws InterruptedException {
        try (DynamoDbEngine http = new ExternalDynamoDb(table.engine().endpoint())) {
            EventSourceMapping mapping =
                    table.start(
                            StreamFixture.settings().withPolling(Duration.ofMillis(20), true),
                            function,
                            http);
            table.put("a", 1);
            assertThat(function.next()).containsExactly("a=1");
            assertThat(mapping.stop(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void records_that_do_not_match_the_filter_are_skipped_and_count_as_processed()
            throws InterruptedException {
        table.start(
                StreamFixture.settings()
                        .withFilters("{\"dynamodb\":{\"NewImage\":{\"value\":{\"N\":[\"1\"]}}}}"),
                function);
        table.put("a", 1);
        table.put("a", 2);
        table.put("b", 1);
        assertThat(function.next(2)).containsExactly("a=1", "b=1");
        table.put("b", 2);
        Await.until(
                "the position is at the skipped record",
                () -> table.positions().containsValue(table.lastWritten()));
        assertThat(function.others()).isEmpty();
    }

    @Test
    void a_filter_can_select_expired_items_without_deleted_ones() throws InterruptedException {
        List<Identity> seen = new CopyOnWriteArrayList<>();
        table.start(
                StreamFixture.settings()
                        .withFilters(
                                "{\"userIdentity\":{\"type\":[\"Service\"],"
                                        + "\"principalId\":[\"dynamodb.amazonaws.com\"]}}"),
                function.responding(
                        records -> {
                            records.forEach(record -> seen.add(record.getUserIdentity()));
                            return null;
                        }));
        table.put("deleted", 1);
        table.remove("deleted");
        table.put("expired", (int) Instant.now().getEpochSecond() - 60);
        table.expireBy("value");
        assertThat(function.next(1)).containsExactly("expired=");
        Await.until("the function has ended", () -> !seen.isEmpty());
        assertThat(seen)
                .containsExactly(
                        new Identity()
                                .withType("Service")
                                .withPrincipalId("dynamodb.amazonaws.com"));
    }

    @Test
    void a_batch_has_at_most_the_batch_size() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            table.put("a", i);
        }
        table.start(StreamFixture.settings().withBatches(2, 1), function);
        assertThat(function.next()).containsExactly("a=0", "a=1");
        assertThat(function.next()).containsExactly("a=2", "a=3");
        assertThat(function.next()).containsExactly("a=4");
    }

    @Test
    void lanes_run_concurrently() throws InterruptedException {
        CyclicBarrier two = new CyclicBarrier(2);
        function.responding(
                records -> {
                    two.await(30, TimeUnit.SECONDS);
                    return null;
                });
        table.put("a", 1);
        table.put(inAnotherLaneThan("a", 4), 2);
        table.start(StreamFixture.settings().withBatches(1, 4), function);
        function.next(2);
        Await.until("both are done", () -> !table.positions().isEmpty());
        assertThat(two.isBroken()).isFalse();
    }

    @Test
    void the_records_of_each_item_stay_in_order_with_many_lanes() throws InterruptedException {
        table.start(StreamFixture.settings().withBatches(3, 10), function);
        int items = 20;
        int changes = 15;
        for (int value = 0; value < changes; value++) {
            for (int item = 0; item < items; item++) {
                table.put("item-" + item, value);
            }
        }
        Map<String, List<Integer>> seen = new HashMap<>();
        for (String record : function.next(items * changes)) {
            int sign = record.indexOf('=');
            seen.computeIfAbsent(record.substring(0, sign), id -> new ArrayList<>())
                    .add(Integer.valueOf(record.substring(sign + 1)));
        }
        assertThat(seen).hasSize(items);
        assertThat(seen.values())
                .allSatisfy(
                        values ->
                                assertThat(values)
                                        .hasSize(changes)
                                        .isSorted()
                                        .doesNotHaveDuplicates());
    }

    static String inAnotherLaneThan(String id, int lanes) {
        int lane = lane(id, lanes);
        int i = 0;
        while (lane("other-" + i, lanes) == lane) {
            i++;
        }
        return "other-" + i;
    }

    private static int lane(String id, int lanes) {
        return ShardLanes.laneOf(Map.of("id", AttributeValue.fromS(id)), lanes);
    }
}
