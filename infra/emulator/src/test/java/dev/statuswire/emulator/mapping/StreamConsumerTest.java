package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.time.Await;
import dev.statuswire.emulator.time.EmulatorTime;
import dev.statuswire.emulator.time.EmulatorWait;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Shards that split and disappear, step by step.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Streams</a>:
 *     "Because shards have a lineage (parent and children), an application must always process a
 *     parent shard before it processes a child shard"
 */
final class StreamConsumerTest {

    private final FakeStream stream = new FakeStream();
    private final Recorder function = new Recorder();
    private final InMemoryPositions positions = new InMemoryPositions();
    private final StreamConsumer consumer = consumer(StreamFixture.settings());

    @AfterEach
    void stop() {
        consumer.lanes().forEach(ShardLane::stop);
        consumer.lanes().forEach(ShardLane::interrupt);
    }

    @Test
    void a_child_is_not_read_before_its_parent_s_last_record_is_done() throws Exception {
        var release = new CountDownLatch(1);
        function.responding(
                records -> {
                    release.await();
                    return null;
                });
        stream.open("parent", null).put("parent", "a", 1, 1).shut("parent");
        stream.open("child", "parent").put("child", "a", 2, 2);
        poll(20);
        assertThat(function.next()).containsExactly("a=1");
        poll(20);
        assertThat(consumer.lanes()).as("lanes of the parent").hasSize(1);
        assertThat(stream.limits()).as("reads: the parent's page, and its end again").hasSize(2);
        release.countDown();
        pollUntilDone("parent", "1");
        poll(20);
        assertThat(function.next()).containsExactly("a=2");
    }

    @Test
    void both_halves_of_a_split_follow_their_parent_and_their_children_follow_them()
            throws Exception {
        stream.open("root", null).put("root", "a", 1, 1).shut("root");
        stream.open("left", "root").put("left", "a", 2, 2).shut("left");
        stream.open("right", "root").put("right", "b", 3, 3).shut("right");
        stream.open("leaf", "left").put("leaf", "a", 4, 4);
        pollUntilDone("root", "1");
        pollUntilDone("left", "2");
        pollUntilDone("right", "3");
        pollUntilDone("leaf", "4");
        List<String> seen = function.next(4);
        assertThat(seen).startsWith("a=1").contains("b=3");
        assertThat(seen).containsSubsequence("a=1", "a=2", "a=4");
        assertThat(consumer.lanes()).as("only the leaf is still read").hasSize(1);
    }

    /** "Shards are ephemeral: they are created and deleted automatically, as needed." */
    @Test
    void a_child_whose_parent_was_trimmed_is_read() throws Exception {
        stream.open("child", "gone long since").put("child", "a", 2, 2);
        poll(3);
        assertThat(function.next()).containsExactly("a=2");
    }

    @Test
    void a_parent_that_disappears_while_it_is_read_blocks_its_children_until_it_is_done()
            throws Exception {
        var release = new CountDownLatch(1);
        function.responding(
                records -> {
                    release.await();
                    return null;
                });
        stream.open("parent", null).put("parent", "a", 1, 1);
        stream.open("child", "parent").put("child", "a", 2, 2);
        poll(2);
        assertThat(function.next()).containsExactly("a=1");
        stream.drop("parent");
        poll(20);
        assertThat(consumer.lanes()).as("the parent's").hasSize(1);
        release.countDown();
        pollUntilDone("parent", "1");
        pollUntilDone("child", "2");
        assertThat(function.next()).containsExactly("a=2");
    }

    @Test
    void reading_continues_from_the_checkpoint() throws Exception {
        positions.advance("shard", null, number(2));
        stream.open("shard", null).put("shard", "a", 1, 3);
        poll(2);
        assertThat(function.next()).containsExactly("a=3");
        pollUntilDone("shard", "3");
        assertThat(function.others()).isEmpty();
    }

    @Test
    void a_done_shard_is_not_started_again_and_is_forgotten_once_it_disappears() throws Exception {
        stream.open("parent", null).put("parent", "a", 1, 1).shut("parent");
        stream.open("child", "parent");
        pollUntilDone("parent", "1");
        poll(3);
        int polls = stream.limits().size();
        stream.drop("parent");
        poll(5);
        assertThat(consumer.lanes()).as("the child's").hasSize(1);
        assertThat(stream.limits()).as("reads of the child alone").hasSize(polls + 5);
        assertThat(function.next()).containsExactly("a=1");
        assertThat(function.others()).isEmpty();
    }

    @Test
    void a_position_moves_only_with_done_records_and_is_written_once() throws Exception {
        stream.open("shard", null).put("shard", "a", 1, 1);
        consumer.describe();
        assertThat(consumer.hasMoved()).isFalse();
        consumer.readOnce();
        function.next();
        Await.until("the record is done", consumer::hasMoved);
        assertThat(positions.writes).isZero();
        consumer.savePositions();
        assertThat(consumer.hasMoved()).isFalse();
        consumer.savePositions();
        assertThat(positions.writes).isEqualTo(1);
        assertThat(positions.read("shard")).contains(number(1));
        stream.put("shard", "a", 2, 2);
        consumer.readOnce();
        Await.until("the next one is done", consumer::hasMoved);
    }

    @Test
    void a_done_shard_is_retired_once_and_its_lanes_end() throws Exception {
        stream.open("shard", null).put("shard", "a", 1, 1).shut("shard");
        consumer.describe();
        List<ShardLane> lanes = consumer.lanes();
        Await.until(
                "it is retired",
                () -> {
                    consumer.readOnce();
                    return consumer.retire();
                });
        assertThat(lanes).hasSize(1);
        assertThat(lanes.getFirst().awaitEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(consumer.lanes()).isEmpty();
        assertThat(consumer.retire()).isFalse();
    }

    /** A record that matches no filter "is skipped and counts as processed". */
    @Test
    void a_record_that_does_not_match_the_filter_is_skipped_and_the_position_passes_it()
            throws Exception {
        StreamConsumer filtered =
                consumer(
                        StreamFixture.settings()
                                .withFilters("{\"dynamodb\":{\"Keys\":{\"id\":{\"S\":[\"a\"]}}}}"));
        stream.open("shard", null).put("shard", "a", 1, 1).put("shard", "b", 2, 2);
        filtered.describe();
        filtered.readOnce();
        assertThat(function.next()).containsExactly("a=1");
        Await.until(
                "the position is at the skipped one",
                () -> {
                    filtered.savePositions();
                    return positions.read("shard").filter(number(2)::equals).isPresent();
                });
        assertThat(function.others()).isEmpty();
        filtered.lanes().forEach(ShardLane::stop);
    }

    @Test
    void a_shard_whose_lanes_are_far_behind_is_not_read_until_they_catch_up() throws Exception {
        var release = new CountDownLatch(1);
        function.responding(
                records -> {
                    release.await();
                    return null;
                });
        int pages = ShardProgress.MOST_RECORDS / FakeStream.RECORDS_A_PAGE + 1;
        stream.open("shard", null).put("shard", "a", 1, (pages + 1) * FakeStream.RECORDS_A_PAGE);
        consumer.describe();
        for (int i = 0; i < pages; i++) {
            assertThat(consumer.readOnce()).isTrue();
        }
        assertThat(consumer.readOnce()).as("full").isFalse();
        assertThat(stream.limits()).hasSize(pages);
        release.countDown();
        Await.until("it is read on", consumer::readOnce);
    }

    @Test
    void after_a_full_page_the_shard_is_read_again_at_once() {
        stream.open("shard", null).put("shard", "a", 1, FakeStream.RECORDS_A_PAGE + 1);
        consumer.describe();
        assertThat(consumer.readOnce()).isTrue();
        assertThat(consumer.readOnce()).isFalse();
        assertThat(consumer.retire()).as("an open shard is not done").isFalse();
    }

    @Test
    void a_stream_with_many_shards_is_described_page_by_page() {
        for (int shard = 0; shard < 2 * FakeStream.SHARDS_A_PAGE + 1; shard++) {
            stream.open("shard-" + shard, null);
        }
        consumer.describe();
        assertThat(consumer.lanes()).hasSize(2 * FakeStream.SHARDS_A_PAGE + 1);
        assertThat(consumer.arn()).isEqualTo(StreamRecords.ARN);
    }

    /** Polls the stream as the mapping's loop does. */
    private void poll(int times) {
        for (int i = 0; i < times; i++) {
            consumer.describe();
            consumer.readOnce();
            consumer.retire();
        }
    }

    private void pollUntilDone(String shard, String number) {
        Await.until(
                shard + " is done up to " + number,
                () -> {
                    poll(1);
                    consumer.savePositions();
                    return positions
                            .read(shard)
                            .filter(number(Integer.parseInt(number))::equals)
                            .isPresent();
                });
    }

    private static SequenceNumber number(int number) {
        return SequenceNumber.of(StreamRecords.text(number));
    }

    private StreamConsumer consumer(MappingSettings settings) {
        FunctionDefinition<DynamodbEvent, ?> local =
                new FunctionDefinition<>(
                        "recorder", DynamodbEvent.class, function, Duration.ofMinutes(1));
        InstantSource clock = InstantSource.fixed(StreamRecords.NOON);
        ShardLanes.MappingContext plan =
                new ShardLanes.MappingContext(
                        settings,
                        new FunctionRuntime<>(local, clock),
                        new RecordFilter(settings.filters()),
                        json -> {},
                        new EmulatorTime(clock, new Random(1), EmulatorWait.REAL));
        return new StreamConsumer(plan, stream.source(), positions);
    }

    /** Positions in memory. */
    private static final class InMemoryPositions implements ShardPositions {

        private final Map<String, SequenceNumber> stored = new HashMap<>();
        private int writes;

        @Override
        public Optional<SequenceNumber> read(String shardId) {
            return Optional.ofNullable(stored.get(shardId));
        }

        @Override
        public SequenceNumber advance(
                String shardId, @Nullable SequenceNumber from, SequenceNumber to) {
            assertThat(stored.get(shardId)).isEqualTo(from);
            writes++;
            stored.put(shardId, to);
            return to;
        }
    }
}
