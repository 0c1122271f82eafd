package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.emulator.time.Await;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Which records are redelivered after a stop or a crash.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html">How
 *     Lambda processes records</a>: "Lambda event source mappings process each event at least once,
 *     and duplicate processing of records can occur"
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Configuring
 *     partial batch response</a>: "by default Lambda checkpoints to the highest sequence number of
 *     a batch only when the batch is a complete success"
 */
final class MappingRestartTest {

    private final StreamFixture table = new StreamFixture();
    private final Recorder function = new Recorder();

    @AfterEach
    void close() throws InterruptedException {
        table.close();
    }

    @Test
    void after_a_clean_stop_each_record_is_delivered_exactly_once() throws InterruptedException {
        EventSourceMapping first = table.start(StreamFixture.settings(), function);
        table.put("a", 1);
        function.next();
        assertThat(first.stop(Duration.ofSeconds(5))).isTrue();
        table.put("b", 2);
        table.start(StreamFixture.settings(), function);
        assertThat(function.next()).containsExactly("b=2");
        assertThat(function.others()).isEmpty();
    }

    /** The first mapping is not stopped; it simulates a process that hangs or was killed. */
    @Test
    void after_a_crash_the_next_mapping_delivers_every_record_behind_the_checkpoint()
            throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        function.responding(
                records -> {
                    if (Recorder.id(records.getFirst()).equals("stuck")) {
                        never.await();
                    }
                    return null;
                });
        MappingSettings lanes = StreamFixture.settings().withBatches(1, 4);
        table.put("done", 0);
        table.start(lanes, function);
        function.next();
        Await.until("the first one's checkpoint", () -> !table.positions().isEmpty());
        Map<String, String> checkpoint = table.positions();
        String other = MappingDeliveryTest.inAnotherLaneThan("stuck", 4);
        table.put("stuck", 1);
        table.put(other, 2);
        table.put(other, 3);
        assertThat(function.next(3))
                .containsExactlyInAnyOrder("stuck=1", other + "=2", other + "=3");

        Recorder second = new Recorder();
        table.start(lanes, second);

        assertThat(second.next(3))
                .as("only the records behind the checkpoint are redelivered")
                .containsExactlyInAnyOrder("stuck=1", other + "=2", other + "=3");
        Await.until(
                "the checkpoint passes them",
                () -> table.positions().containsValue(table.lastWritten()));
        assertThat(table.positions()).isNotEqualTo(checkpoint).hasSize(1);
        assertThat(second.others()).isEmpty();
        never.countDown();
    }

    @Test
    void positions_are_written_while_the_mapping_runs() throws InterruptedException {
        table.start(StreamFixture.settings(), function);
        table.put("a", 1);
        function.next();
        Await.until("a position is stored", () -> !table.positions().isEmpty());
        assertThat(table.positions().keySet())
                .singleElement()
                .asString()
                .matches("arn:aws:dynamodb:.*/stream/[^#]*#shardId-[^#]*#mapping");
    }

    @Test
    void two_mappings_of_one_stream_have_separate_positions() throws InterruptedException {
        Recorder other = new Recorder();
        table.start(StreamFixture.settings(), function);
        table.start(
                MappingSettings.of("other", "things", "positions")
                        .withPolling(StreamFixture.SELDOM, true),
                other);
        table.put("a", 1);
        assertThat(function.next()).containsExactly("a=1");
        assertThat(other.next()).containsExactly("a=1");
        Await.until("both positions are stored", () -> table.positions().size() == 2);
    }

    @Test
    void a_stop_waits_for_the_running_invocation_and_starts_no_new_one()
            throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        function.responding(
                records -> {
                    release.await();
                    return null;
                });
        EventSourceMapping mapping =
                table.start(StreamFixture.settings().withBatches(1, 1), function);
        table.put("a", 1);
        table.put("b", 2);
        assertThat(function.next()).containsExactly("a=1");
        Thread stopper = Thread.ofVirtual().start(() -> stop(mapping));
        Await.until(
                "the stopper waits for the lane",
                () -> stopper.getState() == Thread.State.TIMED_WAITING);
        release.countDown();
        stopper.join();
        assertThat(function.others()).isEmpty();
        table.start(StreamFixture.settings(), function);
        assertThat(function.next()).containsExactly("b=2");
    }

    @Test
    void after_the_deadline_an_invocation_is_interrupted_and_its_records_are_redelivered()
            throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        function.responding(
                records -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return null;
                });
        MappingSettings strict =
                StreamFixture.settings().withRetries(0, MappingSettings.UNTIL_TRIMMED);
        EventSourceMapping mapping = table.start(strict, function);
        table.put("a", 1);
        function.next();
        assertThat(mapping.stop(Duration.ofMillis(20))).isFalse();
        assertThat(interrupted.getCount()).isZero();
        function.responding(records -> null);
        table.start(strict, function);
        assertThat(function.next()).containsExactly("a=1");
    }

    @Test
    void a_lane_that_waits_for_a_retry_does_not_delay_the_stop() throws InterruptedException {
        function.responding(
                records -> {
                    throw new IllegalStateException("on purpose");
                });
        EventSourceMapping mapping = table.start(StreamFixture.settings(), function);
        table.put("a", 1);
        for (int i = 0; i < 4; i++) {
            function.next();
        }
        assertThat(mapping.stop(Duration.ofSeconds(5))).isTrue();
        assertThat(table.positions()).isEmpty();
    }

    private static void stop(EventSourceMapping mapping) {
        try {
            mapping.stop(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
