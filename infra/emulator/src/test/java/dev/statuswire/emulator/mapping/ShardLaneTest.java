package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.function.LocalFunction;
import dev.statuswire.emulator.time.EmulatorTime;
import dev.statuswire.emulator.time.EmulatorWait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane's loop, on its real thread. */
final class ShardLaneTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Recorder function = new Recorder();
    private final ShardProgress progress = new ShardProgress();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final Queue<String> discarded = new ConcurrentLinkedQueue<>();
    private final ShardLane lane = lane();

    @AfterEach
    void stop() {
        lane.stop();
        lane.interrupt();
    }

    @Test
    void records_are_invoked_as_they_come() throws InterruptedException {
        lane.start("lane");
        add(1);
        assertThat(function.next()).containsExactly("a=1");
        add(2);
        assertThat(function.next()).containsExactly("a=2");
        Streamed.until("both are done", progress::isIdle);
    }

    @Test
    void what_came_before_the_start_is_invoked_and_nothing_added_is_nothing_done()
            throws InterruptedException {
        add(1);
        lane.add(List.of());
        lane.start("lane");
        assertThat(function.next()).containsExactly("a=1");
    }

    @Test
    void failed_batch_is_invoked_again() throws InterruptedException {
        AtomicBoolean first = new AtomicBoolean(true);
        function.answering(
                records -> {
                    if (first.getAndSet(false)) {
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
        lane.start("lane");
        add(1);
        assertThat(function.next()).containsExactly("a=1");
        assertThat(function.next()).containsExactly("a=1");
        Streamed.until("it is done", progress::isIdle);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, -2})
    void wall_clock_that_is_set_between_two_calls_changes_nothing_about_the_second(int hours)
            throws InterruptedException {
        AtomicBoolean first = new AtomicBoolean(true);
        function.answering(
                records -> {
                    if (first.getAndSet(false)) {
                        ahead.set(Duration.ofHours(hours));
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
        lane.start("lane");
        add(1);
        assertThat(function.next()).containsExactly("a=1");
        assertThat(function.next()).containsExactly("a=1");
        Streamed.until("it is done", progress::isIdle);
        assertThat(discarded).isEmpty();
    }

    /** A fault of the mapping's own: the batch could not be settled, so it is not lost. */
    @Test
    void fault_after_the_invocation_does_not_end_the_lane() throws InterruptedException {
        broken.set(true);
        function.answering(
                records -> {
                    if (broken.get()) {
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
        lane.start("lane");
        add(1);
        assertThat(function.next()).containsExactly("a=1");
        assertThat(function.next()).containsExactly("a=1");
        Streamed.until("it is done", progress::isIdle);
    }

    @Test
    void record_past_the_maximum_age_is_discarded_without_a_call() throws InterruptedException {
        lane.start("lane");
        Instant early = StreamRecords.NOON.minus(Duration.ofHours(2));
        BatchRecord old = StreamRecords.numbered(1, 100, early, early);
        progress.read(old.number(), old.bytes());
        lane.add(List.of(old));
        Streamed.until("it counts as done", progress::isIdle);
        assertThat(function.others()).isEmpty();
        assertThat(discarded).singleElement().asString().contains("RecordAgeExceeded");
    }

    @Test
    void lane_that_never_began_has_ended() throws InterruptedException {
        assertThat(lane.awaitEnd(Duration.ZERO)).isTrue();
    }

    @Test
    void stop_lets_the_running_invocation_end_and_begins_no_other() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        function.answering(
                records -> {
                    release.await();
                    return null;
                });
        lane.start("lane");
        add(1);
        assertThat(function.next()).containsExactly("a=1");
        add(2);
        lane.stop();
        assertThat(lane.awaitEnd(Duration.ZERO)).isFalse();
        release.countDown();
        assertThat(lane.awaitEnd(LONG)).isTrue();
        assertThat(lane.awaitEnd(Duration.ZERO)).as("it stays so").isTrue();
        assertThat(function.others()).isEmpty();
        assertThat(progress.position()).contains(SequenceNumber.of("1"));
    }

    @Test
    void idle_lane_ends_at_once_when_it_is_stopped() throws InterruptedException {
        lane.start("lane");
        add(1);
        function.next();
        Streamed.until("it is idle", progress::isIdle);
        lane.stop();
        assertThat(lane.awaitEnd(LONG)).isTrue();
    }

    @Test
    void interrupt_ends_what_does_not_end_by_itself_and_nothing_counts_as_done()
            throws InterruptedException {
        function.answering(
                records -> {
                    new CountDownLatch(1).await();
                    return null;
                });
        lane.start("lane");
        add(1);
        function.next();
        lane.stop();
        lane.interrupt();
        assertThat(lane.awaitEnd(LONG)).isTrue();
        assertThat(progress.position()).isEmpty();
    }

    private void add(int number) {
        BatchRecord record = StreamRecords.numbered(number);
        progress.read(record.number(), record.bytes());
        lane.add(List.of(record));
    }

    private ShardLane lane() {
        LocalFunction<DynamodbEvent, ?> local =
                new LocalFunction<>(
                        "recorder", DynamodbEvent.class, function, Duration.ofMinutes(1));
        long begin = System.nanoTime();
        InstantSource clock = () -> StreamRecords.NOON.plusNanos(System.nanoTime() - begin);
        InstantSource wall = () -> clock.instant().plus(ahead.get());
        InstantSource breaking =
                () -> {
                    if (broken.getAndSet(false)) {
                        throw new IllegalStateException("on purpose");
                    }
                    return clock.instant();
                };
        BatchInvoker steps =
                new BatchInvoker(
                        new FunctionRuntime<>(local, clock),
                        MappingSettings.UNLIMITED,
                        progress,
                        new DiscardedBatches(
                                local.arn(), StreamRecords.ARN, "shard", discarded::add),
                        new EmulatorTime(wall, breaking, new Random(1), EmulatorWait.REAL));
        return new ShardLane(
                new LaneQueue(100, Duration.ofHours(1)),
                steps,
                new EmulatorTime(wall, clock, new Random(1), EmulatorWait.REAL));
    }
}
