package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.emulator.time.Await;
import dev.statuswire.emulator.time.EmulatorWait;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Shards that roll over, records that are trimmed, iterators that expire and tables that are
 * created again, on a real stream. {@link ShardReaderTest} and {@link StreamConsumerTest} test the
 * cases that a real stream cannot be made to produce.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Streams</a>:
 *     "Because shards have a lineage (parent and children), an application must always process a
 *     parent shard before it processes a child shard"; "data that is older than 24 hours is
 *     susceptible to trimming (removal) at any moment"
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html">GetShardIterator</a>:
 *     "A shard iterator expires 15 minutes after it is returned to the requester"
 */
final class MappingShardTest {

    private static final Duration OFTEN = Duration.ofMillis(20);

    private final StreamFixture table = new StreamFixture();
    private final Recorder function = new Recorder();

    @AfterEach
    void close() throws InterruptedException {
        table.close();
    }

    @Test
    void records_are_delivered_once_and_in_order_when_shards_roll_over()
            throws InterruptedException {
        table.start(StreamFixture.settings().withPolling(OFTEN, true), function);
        for (int i = 0; i < 60; i++) {
            if (i % 15 == 10) {
                table.engine().rollOverShards();
            }
            table.put("a", i);
        }
        assertThat(function.next(60))
                .containsExactlyElementsOf(IntStream.range(0, 60).mapToObj(i -> "a=" + i).toList());
        assertThat(function.others()).isEmpty();
        Await.until("each shard has its position", () -> table.positions().size() == 5);
    }

    @Test
    void shards_that_rolled_over_before_the_start_are_read_parents_first()
            throws InterruptedException {
        table.put("a", 1);
        table.engine().rollOverShards();
        table.engine().rollOverShards();
        table.put("a", 2);
        table.start(StreamFixture.settings(), function);
        assertThat(function.next(2)).containsExactly("a=1", "a=2");
    }

    @Test
    void a_child_waits_until_its_parent_s_records_are_done() throws InterruptedException {
        Faults faults = new Faults();
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        CountDownLatch release = new CountDownLatch(1);
        function.responding(
                records -> {
                    release.await();
                    return null;
                });
        table.put("a", 1);
        table.engine().rollOverShards();
        table.put("b", 2);
        EventSourceMapping mapping =
                table.start(
                        StreamFixture.settings().withPolling(OFTEN, true).withBatches(1, 10),
                        function,
                        faults.engine(),
                        () -> Instant.now().plus(ahead.get()));
        assertThat(function.next()).containsExactly("a=1");
        int describeCalls = faults.describeCalls.get();
        Await.until(
                "the mapping has described the stream again",
                () -> {
                    ahead.updateAndGet(time -> time.plusSeconds(11));
                    mapping.wake();
                    return faults.describeCalls.get() > describeCalls + 3;
                });
        assertThat(function.others()).isEmpty();
        release.countDown();
        assertThat(function.next()).containsExactly("b=2");
    }

    @Test
    void a_child_starts_at_once_when_its_parent_is_done_after_the_last_poll()
            throws InterruptedException {
        CountDownLatch readerWaits = new CountDownLatch(1);
        function.responding(
                records -> {
                    readerWaits.await();
                    return null;
                });
        table.put("a", 1);
        table.engine().rollOverShards();
        table.put("a", 2);
        table.start(
                StreamFixture.settings(),
                function,
                table.engine(),
                InstantSource.system(),
                (signal, longest) -> {
                    if (Thread.currentThread().getName().equals("mapping")) {
                        readerWaits.countDown();
                    }
                    return EmulatorWait.REAL.awaitPermit(signal, longest);
                });
        assertThat(function.next(2)).containsExactly("a=1", "a=2");
    }

    @Test
    void after_a_restart_done_shards_are_not_redelivered() throws InterruptedException {
        EventSourceMapping first =
                table.start(StreamFixture.settings().withPolling(OFTEN, true), function);
        table.put("a", 1);
        table.engine().rollOverShards();
        table.put("a", 2);
        function.next(2);
        first.stop(Duration.ofSeconds(5));
        table.put("a", 3);
        table.start(StreamFixture.settings(), function);
        assertThat(function.next()).containsExactly("a=3");
    }

    @Test
    void an_expired_iterator_is_replaced_without_duplicate_deliveries()
            throws InterruptedException {
        Faults faults = new Faults();
        EventSourceMapping mapping =
                table.start(StreamFixture.settings(), function, faults.engine());
        table.put("a", 1);
        function.next();
        faults.next.add(ExpiredIteratorException.builder().message("on purpose").build());
        mapping.wake();
        Await.until("the iterator expired", faults.next::isEmpty);
        table.put("a", 2);
        assertThat(function.next()).containsExactly("a=2");
        assertThat(function.others()).isEmpty();
    }

    @Test
    void trimmed_records_are_skipped() throws InterruptedException {
        Faults faults = new Faults();
        faults.next.add(TrimmedDataAccessException.builder().message("on purpose").build());
        table.put("a", 1);
        table.start(StreamFixture.settings().withPolling(OFTEN, true), function, faults.engine());
        assertThat(function.next()).containsExactly("a=1");
        assertThat(faults.next).as("faults that did not happen").isEmpty();
    }

    @Test
    void after_a_position_before_the_shard_s_start_reading_continues_with_the_oldest_record()
            throws InterruptedException {
        table.put("a", 1);
        table.engine()
                .client()
                .putItem(
                        put ->
                                put.tableName("positions")
                                        .item(
                                                Map.of(
                                                        "position",
                                                        AttributeValue.fromS(positionKey()),
                                                        "sequenceNumber",
                                                        AttributeValue.fromS(
                                                                "000000000000000000000"))));
        table.start(StreamFixture.settings(), function);
        assertThat(function.next()).containsExactly("a=1");
    }

    @Test
    void an_engine_that_fails_is_called_again() throws InterruptedException {
        Faults faults = new Faults();
        faults.next.add(InternalServerErrorException.builder().message("on purpose").build());
        table.put("a", 1);
        table.start(StreamFixture.settings(), function, faults.engine());
        assertThat(function.next()).containsExactly("a=1");
        assertThat(faults.next).as("faults that did not happen").isEmpty();
    }

    @Test
    void a_table_recreated_while_the_mapping_runs_is_read_from_its_start()
            throws InterruptedException {
        table.start(StreamFixture.settings().withPolling(OFTEN, true), function);
        table.put("a", 1);
        function.next();
        Await.until("the old stream's position is stored", () -> !table.positions().isEmpty());
        table.engine().client().deleteTable(delete -> delete.tableName("things"));
        table.createThings();
        table.put("a", 2);
        assertThat(function.next()).containsExactly("a=2");
        Await.until("each stream has its position", () -> table.positions().size() == 2);
    }

    /**
     * The stored positions are those of the old stream; a stream's ARN contains its creation time.
     */
    @Test
    void a_recreated_table_is_read_from_its_start() throws InterruptedException {
        EventSourceMapping first = table.start(StreamFixture.settings(), function);
        table.put("a", 1);
        function.next();
        first.stop(Duration.ofSeconds(5));
        table.engine().client().deleteTable(delete -> delete.tableName("things"));
        table.createThings();
        table.put("a", 2);
        table.start(StreamFixture.settings(), function);
        assertThat(function.next()).containsExactly("a=2");
    }

    @Test
    void the_mapping_waits_for_a_table_that_does_not_exist_yet() throws InterruptedException {
        table.engine().client().deleteTable(delete -> delete.tableName("things"));
        table.start(StreamFixture.settings(), function);
        table.createThings();
        table.put("a", 1);
        assertThat(function.next()).containsExactly("a=1");
    }

    @Test
    void a_stream_without_a_shard_is_described_again_at_the_next_write()
            throws InterruptedException {
        Faults faults = new Faults();
        faults.shardless.set(1);
        table.start(StreamFixture.settings(), function, faults.engine());
        Await.until("the stream was described", () -> faults.describeCalls.get() == 1);
        table.put("a", 1);
        assertThat(function.next()).containsExactly("a=1");
    }

    private String positionKey() {
        String arn =
                table.engine()
                        .client()
                        .describeTable(d -> d.tableName("things"))
                        .table()
                        .latestStreamArn();
        String shard =
                table.engine()
                        .streams()
                        .describeStream(d -> d.streamArn(arn))
                        .streamDescription()
                        .shards()
                        .getFirst()
                        .shardId();
        return arn + "#" + shard + "#mapping";
    }

    /** The engine with faults in the next calls to its stream. */
    private final class Faults {

        /** How many of the next calls of DescribeStream return no shard. */
        private final AtomicInteger shardless = new AtomicInteger();

        /** The exceptions of the next calls of GetRecords. */
        private final Queue<RuntimeException> next = new ConcurrentLinkedQueue<>();

        private final AtomicInteger describeCalls = new AtomicInteger();

        DynamoDbEngine engine() {
            DynamoDbStreamsClient streams =
                    (DynamoDbStreamsClient)
                            Proxy.newProxyInstance(
                                    getClass().getClassLoader(),
                                    new Class<?>[] {DynamoDbStreamsClient.class},
                                    (proxy, method, arguments) -> {
                                        describeCalls.addAndGet(
                                                method.getName().equals("describeStream") ? 1 : 0);
                                        RuntimeException fault =
                                                method.getName().equals("getRecords")
                                                        ? next.poll()
                                                        : null;
                                        if (fault != null) {
                                            throw fault;
                                        }
                                        try {
                                            return withoutShards(
                                                    method.invoke(
                                                            table.engine().streams(), arguments));
                                        } catch (InvocationTargetException e) {
                                            throw e.getCause();
                                        }
                                    });
            return new EngineWithFaults(table.engine(), streams);
        }

        private Object withoutShards(Object response) {
            return response instanceof DescribeStreamResponse described
                            && shardless.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                    ? described.copy(
                            copy ->
                                    copy.streamDescription(
                                            described
                                                    .streamDescription()
                                                    .copy(stream -> stream.shards(List.of()))))
                    : response;
        }
    }

    private record EngineWithFaults(DynamoDbEngine engine, DynamoDbStreamsClient streams)
            implements DynamoDbEngine {
        @Override
        public DynamoDbClient client() {
            return engine.client();
        }

        @Override
        public URI endpoint() {
            return engine.endpoint();
        }

        @Override
        public void onWrite(String table, Runnable listener) {
            engine.onWrite(table, listener);
        }

        @Override
        public void close() {}
    }
}
