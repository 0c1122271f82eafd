package dev.statuswire.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.settings.DeliverySettings;
import dev.statuswire.core.store.DueIndex;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.testing.StoredItems;
import dev.statuswire.processor.work.FaultyStore;
import dev.statuswire.processor.work.RunnerFixture;
import dev.statuswire.processor.work.ScriptedTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class SweeperTest {

    private final RunnerFixture world =
            new RunnerFixture(
                    ScriptedTypes.quick(ScriptedTypes.counting("one", new AtomicInteger())));
    private final List<DueRequest> timers = new ArrayList<>();
    private final CountedMetrics metrics = new CountedMetrics();
    private final Sweeper sweeper =
            new Sweeper(
                    new Sweeper.Collaborators(
                            world.memory,
                            world.store,
                            world.transitions,
                            timers::addAll,
                            DeliverySettings.SWEEP_EVERY,
                            FunctionHost.keeping(metrics),
                            world.timeAndRandomness()));

    @Test
    void request_that_is_not_due_is_left_alone() {
        Request request = world.submit("request-1");

        sweep();

        assertThat(world.find(request)).isEqualTo(request);
    }

    @Test
    void request_whose_record_was_lost_is_offered_again() {
        Request request = world.submit("request-1");
        world.clock.advance(Duration.ofSeconds(60));

        sweep();

        Request offered = world.find(request);
        assertThat(offered.status()).isEqualTo(Status.ACCEPTED);
        assertThat(offered.version()).isEqualTo(2);
    }

    @Test
    void request_whose_worker_is_dead_is_offered_again() {
        Request running = claim(world.submit("request-1"));
        world.clock.advance(Duration.ofSeconds(60));

        sweep();

        assertThat(world.find(running).status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void request_is_cancelled_if_a_cancel_was_requested_and_its_worker_is_dead() {
        Request running = claim(world.submit("request-1"));
        world.done(running, world.transitions.cancelRunning(running, world.clock.instant()));
        world.clock.advance(Duration.ofSeconds(60));

        sweep();

        assertThat(world.find(running).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void request_that_killed_ten_workers_fails() {
        Request request = world.submit("request-1");
        for (int i = 0; i < Request.MAX_ATTEMPTS; i++) {
            claim(world.find(request));
            world.clock.advance(Duration.ofSeconds(60));
            sweep();
        }

        assertThat(world.find(request).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void failed_sweep_of_a_request_does_not_delay_others() {
        List<Request> requests = List.of(world.submit("request-1"), world.submit("request-2"));
        world.clock.advance(Duration.ofSeconds(60));
        world.store.failNext("sweep", FaultyStore.Fault.BEFORE);

        sweep();

        assertThat(requests).allMatch(request -> world.find(request).version() == 2);
    }

    @Test
    void request_that_another_writer_changed_first_is_swept_the_next_time() {
        Request running = claim(world.submit("request-1"));
        world.clock.advance(Duration.ofSeconds(60));
        world.store.raceNext(
                "sweep",
                () ->
                        world.done(
                                running,
                                world.transitions.cancelRunning(running, world.clock.instant())));
        sweep();
        assertThat(world.find(running).status()).isEqualTo(Status.RUNNING);

        sweep();

        assertThat(world.find(running).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void entries_that_cannot_be_swept_do_not_delay_others() {
        for (int n = 0; n < 300; n++) {
            var item = new HashMap<>(StoredItems.item("next-release-parked"));
            item.put("id", AttributeValue.fromS("waiting-%03d".formatted(n)));
            item.put("dueAt", AttributeValue.fromN("0"));
            world.memory.put(item);
        }
        Request request = world.submit("request-1");
        world.clock.advance(Duration.ofSeconds(60));
        var limited =
                new Sweeper(
                        new Sweeper.Collaborators(
                                new FirstOnly(world.memory),
                                world.store,
                                world.transitions,
                                Timers.NONE,
                                DeliverySettings.SWEEP_EVERY,
                                FunctionHost.NONE,
                                world.timeAndRandomness()));

        limited.handleRequest(new ScheduledEvent(), TestContext.ENDLESS);

        assertThat(world.find(request).version()).isEqualTo(2);
    }

    @Test
    void request_of_a_newer_release_is_left_alone() {
        world.memory.put(StoredItems.item("next-release-accepted"));
        Request newer = StoredItems.read("next-release-accepted");
        world.clock.advance(Duration.ofDays(3650));

        sweep();

        assertThat(world.find(newer)).isEqualTo(newer);
    }

    @Test
    void request_that_becomes_due_before_the_next_invocation_gets_a_timer() {
        Request soon = world.submit("request-1");
        world.clock.advance(Duration.ofSeconds(30));
        Request overdue = retrying(world.submit("request-2"), Duration.ZERO);
        Request later = retrying(world.submit("request-3"), Duration.ofMinutes(2));

        sweep();

        assertThat(timers).containsExactly(new DueRequest(soon.key(), RunnerFixture.due(soon)));
        assertThat(world.find(overdue).status()).isEqualTo(Status.ACCEPTED);
        assertThat(world.find(later)).isEqualTo(later);
    }

    @Test
    void retry_after_its_backoff_does_not_count_as_overdue_in_the_metrics() {
        retrying(world.submit("request-1"), Duration.ofSeconds(2));
        world.clock.advance(Duration.ofSeconds(3));

        sweep();

        assertThat(metrics.counted).containsExactly("RETRY_OFFERED sweeper");
        assertThat(metrics.timed).containsExactly("RETRY_LATE sweeper PT1S");
    }

    @Test
    void request_that_no_worker_claims_is_offered_less_and_less_often() {
        Request request = world.submit("request-1");
        var waits = new ArrayList<Duration>();
        for (int n = 0; n < 5; n++) {
            world.clock.advance(Duration.between(world.clock.instant(), due(request)));
            sweep();
            waits.add(Duration.between(world.clock.instant(), due(request)));
        }

        assertThat(waits)
                .containsExactly(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5));
        assertThat(world.find(request).attempt()).isZero();
        assertThat(metrics.timed)
                .contains("UNCLAIMED offered PT1M", "UNCLAIMED offered PT4M")
                .endsWith("UNCLAIMED offered PT5M");
    }

    @Test
    void request_whose_worker_died_is_due_again_after_the_start_grace() {
        Request running = claim(world.submit("request-1"));
        world.clock.advance(Duration.ofSeconds(60));

        sweep();

        assertThat(due(running)).isEqualTo(world.clock.instant().plusSeconds(60));
        assertThat(metrics.timed).noneMatch(time -> time.startsWith("UNCLAIMED"));
    }

    @Test
    void due_requests_are_read_and_written_thirty_two_at_a_time() {
        for (int n = 0; n < 100; n++) {
            world.submit("request-" + n);
        }
        world.clock.advance(Duration.ofSeconds(60));
        var together = new BarrierStore(world.memory, 32);
        var many =
                new Sweeper(
                        new Sweeper.Collaborators(
                                world.memory,
                                together,
                                world.transitions,
                                Timers.NONE,
                                DeliverySettings.SWEEP_EVERY,
                                FunctionHost.NONE,
                                world.timeAndRandomness()));

        many.handleRequest(new ScheduledEvent(), TestContext.ENDLESS);

        assertThat(together.mostAtOnce()).isEqualTo(32);
        assertThat(world.memory.dueAt(world.clock.instant(), 100)).isEmpty();
    }

    private Instant due(Request request) {
        return RunnerFixture.due(world.find(request));
    }

    private Request retrying(Request request, Duration backoff) {
        Instant now = world.clock.instant();
        return world.done(
                claim(request),
                world.transitions.retryLater(
                        world.find(request),
                        3,
                        new RequestError("later", "Later.", "one", true),
                        now.plus(backoff),
                        now));
    }

    /** An index with all entries in one partition, which returns no more entries than the limit. */
    private record FirstOnly(DueIndex all) implements DueIndex {

        @Override
        public List<DueRequest> dueAt(Instant now, int limitPerShard) {
            return all.dueAt(now, limitPerShard).stream().limit(limitPerShard).toList();
        }

        @Override
        public long unfinishedOf(String owner, long limit) {
            return all.unfinishedOf(owner, limit);
        }
    }

    private void sweep() {
        sweeper.handleRequest(new ScheduledEvent(), TestContext.ENDLESS);
    }

    private Request claim(Request request) {
        return world.done(
                request,
                world.transitions.claim(request, List.of("one"), Set.of(), world.clock.instant()));
    }
}
