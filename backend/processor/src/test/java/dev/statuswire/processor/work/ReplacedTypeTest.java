package dev.statuswire.processor.work;

import static dev.statuswire.processor.work.ScriptedTypes.counting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.testing.TestType.TestStep;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Replaces a type by a newer version while a request runs. */
final class ReplacedTypeTest {

    private final AtomicInteger ofOne = new AtomicInteger();
    private final AtomicInteger ofTwo = new AtomicInteger();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** Counts how often the worker has checked whether it is out of time. */
    private final AtomicInteger checks = new AtomicInteger();

    private final TimeLeft endless =
            new TimeLeft(
                    () -> {
                        checks.incrementAndGet();
                        return Duration.ofHours(1);
                    },
                    true);

    private final Definition<JsonNode> older =
            ScriptedTypes.slow(counting("one", ofOne), TestStep.of("two", _ -> waitForRelease()));
    private final Definition<JsonNode> newer =
            ScriptedTypes.slow(counting("one", ofOne), counting("two", ofTwo));
    private final Definition<JsonNode> another = TestType.of("another", "one");
    private final RunnerFixture world = new RunnerFixture(older, another);
    private final RequestRunner runner = world.runner();
    private final Request request = world.submit("request-1");

    private JsonNode waitForRelease() throws InterruptedException {
        running.countDown();
        try {
            release.await();
        } catch (InterruptedException stopped) {
            interrupted.countDown();
            throw stopped;
        }
        return Json.MAPPER.createObjectNode().put("by", "older");
    }

    private Thread start() throws InterruptedException {
        Thread worker =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                runner.run(request, endless);
                            } catch (InterruptedException unexpected) {
                                throw new AssertionError(unexpected);
                            }
                        });
        running.await();
        return worker;
    }

    private void replaceWith(Definition<?>... types) {
        world.types.replace(RequestTypes.of(List.of(types)));
        awaitCheck();
    }

    /** Waits until the worker has completed a check that started after this call. */
    private void awaitCheck() {
        int before = checks.get();
        Await.until("a check of the time left", () -> checks.get() >= before + 2);
    }

    @Test
    void running_step_gets_5_s_and_its_request_continues_on_the_newer_version() throws Exception {
        Thread worker = start();

        replaceWith(newer, another);
        world.clock.advance(Duration.ofMillis(4_999));
        awaitCheck();
        assertThat(world.find(request).status()).isEqualTo(Status.RUNNING);
        world.clock.advance(Duration.ofMillis(1));
        worker.join();

        Request back = world.find(request);
        assertThat(back.status()).isEqualTo(Status.ACCEPTED);
        assertThat(back.attempt()).isZero();
        assertThat(back.failures()).isZero();
        interrupted.await();

        runner.run(back, RunnerFixture.endless());
        Request after = world.find(request);
        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.steps())
                .extracting(StepState::output)
                .containsExactly("{\"n\":1}", "{\"n\":1}");
        assertThat(ofOne).hasValue(1);
        assertThat(ofTwo).hasValue(1);
    }

    @Test
    void step_that_ends_in_time_keeps_its_output_and_the_next_one_runs_on_the_newer_version()
            throws Exception {
        AtomicInteger ofThree = new AtomicInteger();
        AtomicInteger newThree = new AtomicInteger();
        List<TestStep> shared =
                List.of(counting("one", ofOne), TestStep.of("two", _ -> waitForRelease()));
        world.types.replace(
                RequestTypes.of(
                        List.of(
                                ScriptedTypes.slow(
                                        shared.get(0),
                                        shared.get(1),
                                        counting("three", ofThree)))));
        Thread worker = start();

        replaceWith(ScriptedTypes.slow(shared.get(0), shared.get(1), counting("three", newThree)));
        world.clock.advance(Duration.ofSeconds(4));
        release.countDown();
        worker.join();

        Request back = world.find(request);
        assertThat(back.status()).isEqualTo(Status.ACCEPTED);
        assertThat(back.attempt()).isZero();
        assertThat(back.steps().get(1).output()).isEqualTo("{\"by\":\"older\"}");

        runner.run(back, RunnerFixture.endless());
        assertThat(world.find(request).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(ofThree).hasValue(0);
        assertThat(newThree).hasValue(1);
    }

    @Test
    void request_of_a_type_that_was_removed_waits_for_a_worker_that_knows_it() throws Exception {
        Thread worker = start();

        replaceWith(another);
        world.clock.advance(Duration.ofSeconds(5));
        worker.join();
        runner.run(world.find(request), RunnerFixture.endless());

        Request waiting = world.find(request);
        assertThat(waiting.status()).isEqualTo(Status.ACCEPTED);
        assertThat(waiting.typeUnknownSince()).isNotNull();
        assertThat(waiting.steps().getFirst().output()).isEqualTo("{\"n\":1}");
    }

    @Test
    void request_runs_on_if_only_another_type_was_replaced() throws Exception {
        Thread worker = start();
        long fence = world.find(request).fence();

        replaceWith(older, TestType.of("another", "one", "two"));
        world.clock.advance(Duration.ofSeconds(6));
        awaitCheck();
        release.countDown();
        worker.join();

        Request after = world.find(request);
        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.fence()).isEqualTo(fence);
    }
}
