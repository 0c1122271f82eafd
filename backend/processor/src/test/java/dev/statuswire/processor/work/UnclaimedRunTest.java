package dev.statuswire.processor.work;

import static dev.statuswire.processor.work.ScriptedTypes.counting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.testing.TestType.TestStep;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.TryLater;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a new request of one quick step runs without a claim, and when it is claimed. */
final class UnclaimedRunTest {

    private static final JsonNode NOTHING = Json.MAPPER.createObjectNode();

    /** How long a step runs before its request is claimed. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<@Nullable StepContext<?>> seen = new AtomicReference<>();

    @Test
    void one_write_finishes_the_request_as_if_it_had_been_claimed() throws Exception {
        var clock = new ManualClock();
        TestStep taking =
                TestStep.of(
                        "one",
                        _ -> {
                            clock.advance(Duration.ofMillis(20));
                            return NOTHING;
                        });
        var world = new RunnerFixture(clock, ScriptedTypes.quick(taking));
        Request unclaimed = ranNew(world);
        Request claimed = world.submit("request-2");
        world.runner().run(claimed, RunnerFixture.endless());

        assertThat(unclaimed.version()).isEqualTo(2);
        assertThat(unclaimed)
                .usingRecursiveComparison()
                .withEqualsForType((_, _) -> true, Instant.class)
                .ignoringFields("key", "life", "version", "fence", "history")
                .isEqualTo(world.find(claimed));
        assertThat(unclaimed.history())
                .extracting(HistoryEntry::event)
                .containsExactly("submitted", "succeeded");
        StepState step = unclaimed.steps().getFirst();
        assertThat(step.startedAt()).isEqualTo(unclaimed.createdAt());
        assertThat(step.endedAt()).isEqualTo(clock.instant().minusMillis(20));
    }

    @Test
    void step_sees_its_first_attempt_and_its_effect_key() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(keeping()));

        Request after = ranNew(world);

        assertThat(context().attempt()).isEqualTo(1);
        assertThat(context().failures()).isZero();
        assertThat(context().effectKey()).isEqualTo(after.effectKey("one"));
        assertThat(context().fencingToken()).isZero();
    }

    @Test
    void request_of_two_steps_is_claimed_first() throws Exception {
        var world =
                new RunnerFixture(
                        ScriptedTypes.quick(counting("one", runs), counting("two", runs)));

        Request after = ranNew(world);

        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.version()).isEqualTo(4);
        assertThat(after.fence()).isEqualTo(1);
    }

    @Test
    void failed_request_is_claimed_so_that_the_attempt_counts() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(failing(new StepFailed("no", "No."))));

        Request after = ranNew(world);

        assertThat(after.status()).isEqualTo(Status.FAILED);
        assertThat(after.attempt()).isEqualTo(1);
        assertThat(after.fence()).isEqualTo(1);
        assertThat(after.version()).isEqualTo(3);
        assertThat(after.error()).isEqualTo(new RequestError("no", "No.", "one", false));
        assertThat(after.steps().getFirst().startedAt()).isNotNull();
    }

    @Test
    void request_that_failed_transiently_is_claimed_and_retried() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(failing(new TryLater("busy", "Busy."))));

        Request after = ranNew(world);

        assertThat(after.status()).isEqualTo(Status.RETRYING);
        assertThat(after.attempt()).isEqualTo(1);
        assertThat(after.failures()).isEqualTo(1);
        assertThat(after.fence()).isEqualTo(1);
    }

    @Test
    void request_whose_input_is_not_json_fails_after_a_claim() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        Request request = world.submit("request-1", "scripted", "{");

        world.runner().runNew(request, RunnerFixture.endless());

        assertThat(world.find(request).status()).isEqualTo(Status.FAILED);
        assertThat(world.find(request).fence()).isEqualTo(1);
    }

    @Test
    void request_is_claimed_if_its_step_still_runs_after_250_ms() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(waiting()));
        Request request = world.submit("request-1");
        Thread worker = start(world, request);

        assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);
        world.clock.advance(MOMENT);
        Await.until("claimed", () -> world.find(request).status() == Status.RUNNING);
        Request claimed = world.find(request);
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claimed.steps().getFirst().startedAt()).isEqualTo(request.createdAt());
        world.clock.advance(Duration.ofMillis(1500));
        assertThat(context().cancelled()).isFalse();
        release.countDown();

        worker.join();
        Request after = world.find(request);
        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.version()).isEqualTo(3);
    }

    @Test
    void progress_is_written_once_the_request_is_claimed() throws Exception {
        TestStep telling =
                TestStep.of(
                        "one",
                        context -> {
                            context.progress(50, "half");
                            started.countDown();
                            release.await();
                            return NOTHING;
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(telling));
        Request request = world.submit("request-1");
        Thread worker = start(world, request);

        world.clock.advance(MOMENT);
        Await.until("claimed", () -> world.find(request).status() == Status.RUNNING);
        world.clock.advance(Duration.ofSeconds(1));
        Await.until("progress is written", () -> world.find(request).progress() != null);
        release.countDown();
        worker.join();
    }

    @Test
    void cancel_during_the_step_takes_effect_and_stops_the_step() throws Exception {
        var interrupted = new CountDownLatch(1);
        TestStep hanging =
                TestStep.of(
                        "one",
                        context -> {
                            seen.set(context);
                            started.countDown();
                            try {
                                release.await();
                            } finally {
                                interrupted.countDown();
                            }
                            return NOTHING;
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(hanging));
        Request request = world.submit("request-1");
        Thread worker = start(world, request);

        Request cancelled =
                world.done(request, world.transitions.cancelIdle(request, world.clock.instant()));
        world.clock.advance(Duration.ofSeconds(1));

        interrupted.await();
        worker.join();
        assertThat(context().cancelled()).isTrue();
        assertThat(world.find(request)).isEqualTo(cancelled);
    }

    @Test
    void cancel_just_before_the_end_takes_effect() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        Request request = world.submit("request-1");
        world.store.raceNext(
                "finish unclaimed",
                () ->
                        world.done(
                                request,
                                world.transitions.cancelIdle(request, world.clock.instant())));

        world.runner().runNew(request, RunnerFixture.endless());

        assertThat(world.find(request).status()).isEqualTo(Status.CANCELLED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void request_that_was_swept_during_its_step_is_left_to_its_next_delivery() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        Request request = world.submit("request-1");
        world.store.raceNext("finish unclaimed", () -> world.sweep(request));

        world.runner().runNew(request, RunnerFixture.endless());

        assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);
        assertThat(world.find(request).version()).isEqualTo(2);
    }

    @Test
    void finish_that_was_executed_without_a_response_is_not_repeated() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        world.store.failNext("finish unclaimed", FaultyStore.Fault.AFTER);

        Request after = ranNew(world);

        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.version()).isEqualTo(2);
        assertThat(runs).hasValue(1);
    }

    @Test
    void finish_that_was_not_executed_is_repeated() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        world.store.failNext("finish unclaimed", FaultyStore.Fault.BEFORE);

        Request after = ranNew(world);

        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.version()).isEqualTo(2);
        assertThat(runs).hasValue(1);
    }

    @Test
    void result_that_the_database_will_never_store_fails_the_request() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        world.store.refuseNext(
                "finish unclaimed", "Item size to update has exceeded the maximum allowed size");

        Request after = ranNew(world);

        assertThat(after.status()).isEqualTo(Status.FAILED);
        assertThat(after.error()).extracting(RequestError::code).isEqualTo("item-too-large");
        assertThat(after.attempt()).isEqualTo(1);
    }

    @Test
    void interrupted_worker_hands_the_request_back() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(waiting()));
        Request request = world.submit("request-1");
        Thread worker = start(world, request);

        worker.interrupt();

        worker.join();
        Request back = world.find(request);
        assertThat(back.status()).isEqualTo(Status.ACCEPTED);
        assertThat(back.attempt()).isZero();
        assertThat(back.fence()).as("claimed, handed back").isEqualTo(2);
    }

    private StepContext<?> context() {
        return Objects.requireNonNull(seen.get());
    }

    private TestStep keeping() {
        return TestStep.of(
                "one",
                context -> {
                    seen.set(context);
                    return NOTHING;
                });
    }

    private TestStep waiting() {
        return TestStep.of(
                "one",
                context -> {
                    seen.set(context);
                    started.countDown();
                    release.await();
                    return NOTHING;
                });
    }

    private static TestStep failing(Exception how) {
        return TestStep.of(
                "one",
                _ -> {
                    throw how;
                });
    }

    private static Request ranNew(RunnerFixture world) throws InterruptedException {
        Request request = world.submit("request-1");
        world.runner().runNew(request, RunnerFixture.endless());
        return world.find(request);
    }

    /** Runs the request on another thread. Returns once its step has started. */
    private Thread start(RunnerFixture world, Request request) throws InterruptedException {
        RequestRunner runner = world.runner();
        Thread worker =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                runner.runNew(request, RunnerFixture.endless());
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        });
        started.await();
        return worker;
    }
}
