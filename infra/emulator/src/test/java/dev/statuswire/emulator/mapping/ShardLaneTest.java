package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.time.Await;
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

/** Tests a lane's loop on its real thread. */
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
    void records_are_invoked_when_they_are_added() throws InterruptedException {
        lane.start("lane");
        add(1);
        assertThat(function.next()).containsExactly("a=1");
        add(2);
        assertThat(function.next()).containsExactly("a=2");
        Await.until("both are done", progress::isIdle);
    }

    @Test
    void records_added_before_the_start_are_invoked_and_an_empty_list_is_ignored()
            throws InterruptedException {
        add(1);
        lane.add(List.of());
        lane.start("lane");
        assertThat(function.next()).containsExactly("a=1");
    }

    @Test
    void a_failed_batch_is_invoked_again() throws InterruptedException {
        AtomicBoolean first = new AtomicBoolean(true);
        function.responding(
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
        Await.until("it is done", progress::isIdle);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, -2})
    void setting_the_wall_clock_between_two_invocations_does_not_affect_the_second(int hours)
            throws InterruptedException {
        AtomicBoolean first = new AtomicBoolean(true);
        function.responding(
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
        Await.until("it is done", progress::isIdle);
        assertThat(discarded).isEmpty();
    }

    /**
     * An internal error of the mapping: the outcome was not processed, so the batch is invoked
     * again.
     */
    @Test
    void an_error_after_the_invocation_does_not_end_the_lane() throws InterruptedException {
        broken.set(true);
        function.responding(
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
        Await.until("it is done", progress::isIdle);
    }

    @Test
    void a_record_over_the_maximum_age_is_discarded_without_an_invocation()
            throws InterruptedException {
        lane.start("lane");
        Instant early = StreamRecords.NOON.minus(Duration.ofHours(2));
        BatchRecord old = StreamRecords.numbered(1, 100, early, early);
        progress.read(old.number(), old.bytes());
        lane.add(List.of(old));
        Await.until("it counts as done", progress::isIdle);
        assertThat(function.others()).isEmpty();
        assertThat(discarded).singleElement().asString().contains("RecordAgeExceeded");
    }

    @Test
    void a_lane_that_was_never_started_has_ended() throws InterruptedException {
        assertThat(lane.awaitEnd(Duration.ZERO)).isTrue();
    }

    @Test
    void a_stop_lets_the_running_invocation_finish_and_starts_no_new_one()
            throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        function.responding(
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
        assertThat(lane.awaitEnd(Duration.ZERO)).as("still ended").isTrue();
        assertThat(function.others()).isEmpty();
        assertThat(progress.position()).contains(SequenceNumber.of("1"));
    }

    @Test
    void an_idle_lane_ends_at_once_when_it_is_stopped() throws InterruptedException {
        lane.start("lane");
        add(1);
        function.next();
        Await.until("it is idle", progress::isIdle);
        lane.stop();
        assertThat(lane.awaitEnd(LONG)).isTrue();
    }

    @Test
    void an_interrupted_invocation_ends_and_its_records_do_not_count_as_done()
            throws InterruptedException {
        function.responding(
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
        FunctionDefinition<DynamodbEvent, ?> local =
                new FunctionDefinition<>(
                        "recorder", DynamodbEvent.class, function, Duration.ofMinutes(1));
        long startNanos = System.nanoTime();
        InstantSource clock = () -> StreamRecords.NOON.plusNanos(System.nanoTime() - startNanos);
        InstantSource wall = () -> clock.instant().plus(ahead.get());
        InstantSource breaking =
                () -> {
                    if (broken.getAndSet(false)) {
                        throw new IllegalStateException("on purpose");
                    }
                    return clock.instant();
                };
        BatchInvoker invoker =
                new BatchInvoker(
                        new FunctionRuntime<>(local, clock),
                        MappingSettings.UNLIMITED,
                        progress,
                        new FailureDestinationNotifier(
                                local.arn(), StreamRecords.ARN, "shard", discarded::add),
                        new EmulatorTime(wall, breaking, new Random(1), EmulatorWait.REAL));
        return new ShardLane(
                new LaneQueue(100, Duration.ofHours(1)),
                invoker,
                new EmulatorTime(wall, clock, new Random(1), EmulatorWait.REAL));
    }
}
