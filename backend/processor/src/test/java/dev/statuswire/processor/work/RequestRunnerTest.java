package dev.statuswire.processor.work;

import static dev.statuswire.processor.work.ScriptedTypes.counting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.request.Progress;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestError;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.request.Status;
import dev.statuswire.core.request.StepState;
import dev.statuswire.core.request.StepStatus;
import dev.statuswire.core.request.Submission;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.core.testing.StoredItems;
import dev.statuswire.core.testing.TestType;
import dev.statuswire.core.testing.TestType.TestStep;
import dev.statuswire.core.transition.Item;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Pace;
import dev.statuswire.sdk.Retry;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.TryLater;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class RequestRunnerTest {

    private static final JsonNode NOTHING = Json.MAPPER.createObjectNode();

    private final AtomicInteger runs = new AtomicInteger();

    /** Reaches zero once a step hangs. */
    private final CountDownLatch hanging = new CountDownLatch(1);

    @Test
    void steps_run_in_order_and_see_earlier_outputs() throws Exception {
        var seen = new AtomicReference<@Nullable JsonNode>();
        TestStep second =
                TestStep.of(
                        "two",
                        context -> {
                            seen.set(context.output("one", JsonNode.class));
                            return TextNode.valueOf("end");
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs), second));
        Request request = world.submit("request-1");

        world.runner().run(request, RunnerFixture.endless());

        Request after = world.find(request);
        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.result()).isEqualTo("\"end\"");
        assertThat(after.steps())
                .extracting(StepState::output)
                .containsExactly("{\"n\":1}", "\"end\"");
        assertThat(seen.get()).isEqualTo(Json.parse("{\"n\":1}").orElseThrow());
        // submit, claim, commit the first step, finish with the last step
        assertThat(after.version()).isEqualTo(4);
    }

    @Test
    void metrics_have_the_name_of_a_known_type_even_if_the_item_was_changed() throws Exception {
        var labels = new HashSet<String>();
        TestStep failsOnce =
                TestStep.of(
                        "one",
                        context -> {
                            if (runs.getAndIncrement() == 0) {
                                throw new TryLater("busy", "Later.");
                            }
                            return NOTHING;
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(failsOnce));
        world.metrics = labels(labels);
        for (String id : List.of("request-1", "request-2")) {
            var item =
                    world.transitions.submit(
                            new RequestKey("ada", id),
                            new Submission("scripted", "{}"),
                            world.clock.instant());
            var altered = new HashMap<>(item);
            altered.put(Item.TYPE, AttributeValue.fromS("not-a-type\n" + "x".repeat(1_000)));
            world.memory.put(altered);
            world.runner().run(Item.read(item).orElseThrow(), RunnerFixture.endless());
        }

        assertThat(labels).isEqualTo(Set.of("scripted", "SUCCEEDED"));
    }

    private static Metrics labels(Set<String> labels) {
        return new Metrics() {
            @Override
            public void count(Counter counter, String label, long amount) {
                labels.add(label);
            }

            @Override
            public void time(Timer timer, String label, Duration duration) {
                labels.add(label);
            }
        };
    }

    @Test
    void log_lines_of_a_step_belong_to_its_invocation_and_name_request_type_and_step()
            throws Exception {
        var seen = new AtomicReference<@Nullable Map<String, String>>();
        TestStep logging =
                TestStep.of(
                        "one",
                        _ -> {
                            seen.set(MDC.getCopyOfContextMap());
                            return TextNode.valueOf("end");
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(logging));
        Request request = world.submit("request-1");

        try (var _ = MDC.putCloseable("AWSRequestId", "invocation-1")) {
            world.runner().run(request, RunnerFixture.endless());
        }

        assertThat(seen.get())
                .isEqualTo(
                        Map.of(
                                "AWSRequestId", "invocation-1",
                                "requestId", "request-1",
                                "type", "scripted",
                                "step", "one"));
    }

    @Test
    void concurrent_workers_run_every_step_once() throws Exception {
        var world =
                new RunnerFixture(
                        ScriptedTypes.quick(counting("one", runs), counting("two", runs)));
        Request request = world.submit("request-1");
        var workers = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            workers.add(Thread.startVirtualThread(() -> run(world, request)));
        }
        for (Thread worker : workers) {
            worker.join();
        }

        assertThat(runs).hasValue(2);
        assertThat(world.find(request).attempt()).isEqualTo(1);
    }

    @Test
    void outdated_record_starts_nothing() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        Request request = world.submit("request-1");
        world.runner().run(request, RunnerFixture.endless());

        world.runner().run(request, RunnerFixture.endless());

        assertThat(runs).hasValue(1);
    }

    @Test
    void step_can_fail_its_request_with_a_reason_for_the_user() throws Exception {
        var world =
                new RunnerFixture(ScriptedTypes.quick(failing(new StepFailed("no-soup", "None."))));
        Request after = ran(world);

        assertThat(after.status()).isEqualTo(Status.FAILED);
        assertThat(after.error()).isEqualTo(new RequestError("no-soup", "None.", "one", false));
        assertThat(after.steps().getFirst().status()).isEqualTo(StepStatus.FAILED);
    }

    @Test
    void transient_failure_is_retried_until_the_third_one_fails_the_request() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(failing(new TryLater("oven", "Cold."))));
        Request request = ran(world);
        for (int failures = 1; failures <= 2; failures++) {
            assertThat(request.status()).isEqualTo(Status.RETRYING);
            assertThat(request.failures()).isEqualTo(failures);
            assertThat(request.dueAt())
                    .isBetween(world.clock.instant(), world.clock.instant().plusSeconds(4));
            Request swept = world.sweep(request);
            world.runner().run(swept, RunnerFixture.endless());
            request = world.find(request);
        }

        assertThat(request.status()).isEqualTo(Status.FAILED);
        assertThat(request.error()).isEqualTo(new RequestError("oven", "Cold.", "one", true));
    }

    @Test
    void other_exceptions_of_a_step_show_no_internal_details_to_the_user() throws Exception {
        var world =
                new RunnerFixture(ScriptedTypes.quick(failing(new IllegalStateException("sdk"))));

        assertThat(ran(world).error())
                .isEqualTo(
                        new RequestError(
                                "step-failed",
                                "The step one failed because of an internal error.",
                                "one",
                                true));
    }

    @Test
    void each_step_has_its_own_policy_and_its_own_count_of_failures() throws Exception {
        Retry twice = Retry.times(2).backoff(Duration.ofSeconds(30), Duration.ofSeconds(30));
        var fails = new AtomicInteger();
        TestStep first =
                TestStep.of(
                                "first",
                                context -> {
                                    if (fails.incrementAndGet() <= 2) {
                                        throw new TryLater("oven", "Cold.");
                                    }
                                    return TextNode.valueOf("end " + context.failures());
                                })
                        .retried(twice);
        TestStep second = failing("second", new TryLater("oven", "Off.")).retried(Retry.times(1));
        var world = new RunnerFixture(ScriptedTypes.quick(first, second));
        Request request = ran(world);
        for (int failure = 1; failure <= 3; failure++) {
            assertThat(request.status()).as("failure " + failure).isEqualTo(Status.RETRYING);
            assertThat(request.failures()).isEqualTo(failure == 3 ? 1 : failure);
            Request offered = world.sweep(request);
            world.runner().run(offered, RunnerFixture.endless());
            request = world.find(request);
        }

        assertThat(request.status()).isEqualTo(Status.FAILED);
        assertThat(request.error()).isEqualTo(new RequestError("oven", "Off.", "second", true));
        assertThat(request.steps().getFirst().output()).isEqualTo("\"end 2\"");
        assertThat(request.attempt()).isEqualTo(2);
    }

    @Test
    void step_may_fail_more_often_than_workers_may_crash() throws Exception {
        int most = Request.MAX_ATTEMPTS + 5;
        var world =
                new RunnerFixture(
                        ScriptedTypes.quick(
                                failing(new TryLater("oven", "Cold.")).retried(Retry.times(most))));
        Request request = ran(world);
        while (request.status() == Status.RETRYING) {
            Request offered = world.sweep(request);
            world.runner().run(offered, RunnerFixture.endless());
            request = world.find(request);
        }

        assertThat(request.error()).isEqualTo(new RequestError("oven", "Cold.", "one", true));
        assertThat(request.attempt()).isEqualTo(most + 1);
    }

    @Test
    void excluded_exception_fails_the_request_at_once() throws Exception {
        TestStep step =
                failing(new NumberFormatException("x"))
                        .retried(Retry.times(5).doNotRetry(IllegalArgumentException.class));

        Request request = ran(new RunnerFixture(ScriptedTypes.quick(step)));

        assertThat(request.status()).isEqualTo(Status.FAILED);
        assertThat(request.error())
                .isEqualTo(
                        new RequestError(
                                "step-failed",
                                "The step one failed because of an internal error.",
                                "one",
                                false));
    }

    @Test
    void step_that_throws_an_error_counts_as_failed() throws Exception {
        TestStep dying =
                TestStep.of(
                        "one",
                        _ -> {
                            throw new StackOverflowError();
                        });

        assertThat(ran(new RunnerFixture(ScriptedTypes.quick(dying))).status())
                .isEqualTo(Status.RETRYING);
    }

    @Test
    void finished_steps_are_not_run_again_after_a_retry_by_the_user() throws Exception {
        var broken = new AtomicBoolean(true);
        TestStep second =
                TestStep.of(
                        "two",
                        _ -> {
                            if (broken.get()) {
                                throw new StepFailed("broken", "Broken.");
                            }
                            return NOTHING;
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs), second));
        Request failed = ran(world);
        broken.set(false);

        Request again = world.done(failed, world.transitions.retry(failed, world.clock.instant()));
        world.runner().run(again, RunnerFixture.endless());

        assertThat(world.find(failed).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void step_past_its_time_limit_is_interrupted_and_counts_as_failed() throws Exception {
        var interrupted = new CountDownLatch(1);
        var clock = new ManualClock();
        TestStep hanging =
                TestStep.of(
                        "one",
                        _ -> {
                            clock.advance(Duration.ofMinutes(11));
                            return hang(interrupted);
                        });
        var world = new RunnerFixture(clock, ScriptedTypes.quick(hanging));

        Request after = ran(world);

        assertThat(after.status()).isEqualTo(Status.RETRYING);
        assertThat(after.error()).extracting(RequestError::code).isEqualTo("step-timed-out");
        interrupted.await();
    }

    @Test
    void lease_is_extended_while_a_step_runs() throws Exception {
        var release = new CountDownLatch(1);
        var world = new RunnerFixture(ScriptedTypes.quick(waiting(release)));
        Request request = world.submit("request-1");
        Thread worker = Thread.startVirtualThread(() -> run(world, request));
        Await.until("claimed", () -> world.find(request).status() == Status.RUNNING);

        world.clock.advance(Duration.ofSeconds(25));

        Await.until(
                "the lease ends 60 s from now",
                () -> world.clock.instant().plusSeconds(60).equals(world.find(request).dueAt()));
        release.countDown();
        worker.join();
        assertThat(world.find(request).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void progress_is_written_at_most_once_a_second_and_the_newest_is_not_lost() throws Exception {
        var release = new CountDownLatch(1);
        var clock = new ManualClock();
        TestStep talking =
                TestStep.of(
                        "one",
                        context -> {
                            for (int percent = 0; percent <= 70; percent++) {
                                context.progress(percent, "at " + percent);
                            }
                            clock.advance(Duration.ofSeconds(1));
                            release.await();
                            return NOTHING;
                        });
        var world = new RunnerFixture(clock, ScriptedTypes.quick(talking));
        Request request = world.submit("request-1");
        Thread worker = Thread.startVirtualThread(() -> run(world, request));

        Await.until(
                "the newest progress",
                () -> new Progress(70, "at 70").equals(world.find(request).progress()));

        assertThat(world.find(request).version()).isEqualTo(3);
        release.countDown();
        worker.join();
    }

    @Test
    void cancelled_request_is_stopped_at_the_next_sign_of_life() throws Exception {
        var interrupted = new CountDownLatch(1);
        var world =
                new RunnerFixture(ScriptedTypes.quick(TestStep.of("one", _ -> hang(interrupted))));
        Request request = world.submit("request-1");
        Thread worker = Thread.startVirtualThread(() -> run(world, request));
        hanging.await();

        world.done(
                request,
                world.transitions.cancelRunning(world.find(request), world.clock.instant()));
        world.clock.advance(Duration.ofSeconds(21));

        worker.join();
        assertThat(world.find(request).status()).isEqualTo(Status.CANCELLED);
        interrupted.await();
    }

    @Test
    void step_that_checks_for_a_cancel_sees_it_within_a_second() throws Exception {
        var checking = new CountDownLatch(1);
        var sawCancel = new CountDownLatch(1);
        TestStep checksForCancel =
                TestStep.of(
                        "one",
                        context -> {
                            checking.countDown();
                            Await.until("cancelled", context::cancelled);
                            sawCancel.countDown();
                            return NOTHING;
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(checksForCancel));
        Request request = world.submit("request-1");
        Thread worker = Thread.startVirtualThread(() -> run(world, request));
        checking.await();

        world.done(
                request,
                world.transitions.cancelRunning(world.find(request), world.clock.instant()));
        world.clock.advance(Duration.ofSeconds(1));

        sawCancel.await();
        worker.join();
        assertThat(world.find(request).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void worker_that_resumes_after_its_lease_writes_nothing() throws Exception {
        var release = new CountDownLatch(1);
        var started = new CountDownLatch(2);
        TestStep pausing =
                TestStep.of(
                        "one",
                        context -> {
                            started.countDown();
                            if (context.attempt() == 1) {
                                release.await();
                            }
                            return TextNode.valueOf("by attempt " + context.attempt());
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(pausing));
        Request request = world.submit("request-1");
        Thread paused = Thread.startVirtualThread(() -> run(world, request));
        Await.until("claimed", () -> world.find(request).status() == Status.RUNNING);
        Request running = world.find(request);
        Request swept =
                world.done(running, world.transitions.sweep(running, world.clock.instant()));

        world.runner().run(swept, RunnerFixture.endless());
        Request finished = world.find(request);
        release.countDown();
        paused.join();

        assertThat(finished.result()).isEqualTo("\"by attempt 2\"");
        assertThat(world.find(request)).isEqualTo(finished);
    }

    @Test
    void request_is_handed_back_between_two_steps_when_time_is_nearly_over() throws Exception {
        var left = new AtomicReference<>(Duration.ofMinutes(15));
        TestStep slow =
                TestStep.of(
                        "one",
                        _ -> {
                            left.set(Duration.ofMinutes(9));
                            return NOTHING;
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(slow, counting("two", runs)));
        Request request = world.submit("request-1");

        world.runner().run(request, new TimeLeft(left::get, true));

        Request back = world.find(request);
        assertThat(back.status()).isEqualTo(Status.ACCEPTED);
        assertThat(back.attempt()).isZero();
        assertThat(back.steps().getFirst().done()).isTrue();
        assertThat(runs).hasValue(0);
    }

    @Test
    void step_that_is_running_when_time_is_over_is_interrupted_and_its_request_handed_back()
            throws Exception {
        var interrupted = new CountDownLatch(1);
        var left = new AtomicReference<>(Duration.ofMinutes(15));
        TestStep hanging =
                TestStep.of(
                        "one",
                        _ -> {
                            left.set(Duration.ZERO);
                            return hang(interrupted);
                        });
        var world = new RunnerFixture(ScriptedTypes.quick(hanging));
        Request request = world.submit("request-1");

        world.runner().run(request, new TimeLeft(left::get, true));

        assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);
        interrupted.await();
    }

    @Test
    void request_is_handed_back_when_its_worker_is_interrupted() throws Exception {
        var interrupted = new CountDownLatch(1);
        var world =
                new RunnerFixture(ScriptedTypes.quick(TestStep.of("one", _ -> hang(interrupted))));
        Request request = world.submit("request-1");
        Thread worker = Thread.startVirtualThread(() -> run(world, request));
        hanging.await();

        worker.interrupt();

        worker.join();
        interrupted.await();
        assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);
        assertThat(world.find(request).attempt()).isZero();
    }

    @Test
    void commit_that_was_executed_without_a_response_is_not_repeated() throws Exception {
        var world =
                new RunnerFixture(
                        ScriptedTypes.quick(counting("one", runs), counting("two", runs)));
        world.store.failNext("commit a step of", FaultyStore.Fault.AFTER);
        world.store.failNext("finish", FaultyStore.Fault.AFTER);

        Request after = ran(world);

        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.version()).isEqualTo(4);
        assertThat(runs).hasValue(2);
    }

    @Test
    void commit_that_was_not_executed_is_repeated() throws Exception {
        var world =
                new RunnerFixture(
                        ScriptedTypes.quick(counting("one", runs), counting("two", runs)));
        world.store.failNext("commit a step of", FaultyStore.Fault.BEFORE);
        world.store.failNext("finish", FaultyStore.Fault.BEFORE);

        Request after = ran(world);

        assertThat(after.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(after.version()).isEqualTo(4);
        assertThat(runs).hasValue(2);
    }

    @Test
    void output_that_is_too_large_fails_the_request() throws Exception {
        TestStep large = TestStep.of("one", _ -> TextNode.valueOf("é".repeat(5000)));

        assertThat(ran(new RunnerFixture(ScriptedTypes.quick(large))).error())
                .extracting(RequestError::code)
                .isEqualTo("output-too-large");
    }

    @Test
    void output_with_half_a_surrogate_pair_fails_the_request() throws Exception {
        TestStep half = TestStep.of("one", _ -> TextNode.valueOf("a\uD83D"));

        assertThat(ran(new RunnerFixture(ScriptedTypes.quick(half))).error())
                .extracting(RequestError::code)
                .isEqualTo("output-not-unicode");
    }

    @Test
    void step_receives_and_returns_numbers_unchanged() throws Exception {
        String input = "{\"n\":[-0,1.10,1e5,0.0000001,3544790567247868102]}";
        var world = new RunnerFixture(ScriptedTypes.quick(TestStep.of("one", StepContext::input)));
        Request request = world.submit("request-1", "scripted", input);
        world.runner().run(request, RunnerFixture.endless());

        assertThat(world.find(request).result()).isEqualTo(input);
    }

    @Test
    void input_that_is_not_json_or_is_invalid_for_the_type_fails_the_request() throws Exception {
        record Dish(int quantity) {}
        var world =
                new RunnerFixture(
                        Definition.of("scripted", Dish.class)
                                .example(new Dish(1))
                                .step("one", Dish.class, StepContext::input)
                                .build());
        var errors = new ConcurrentLinkedQueue<RequestError>();
        for (String input : List.of("{", "{\"quantity\":\"many\"}")) {
            Request request = world.submit("request-" + errors.size(), "scripted", input);
            world.runner().run(request, RunnerFixture.endless());
            errors.add(Optional.ofNullable(world.find(request).error()).orElseThrow());
        }

        assertThat(errors)
                .containsExactly(
                        new RequestError(
                                "invalid-input",
                                "The input is not JSON. Submit a new request with valid JSON.",
                                null,
                                false),
                        new RequestError(
                                "invalid-input",
                                "The input is invalid for this request type at /quantity."
                                        + " Submit a new request with a corrected input.",
                                null,
                                false));
    }

    @Test
    void step_gets_the_input_and_earlier_outputs_as_objects_of_its_types() throws Exception {
        record Dish(String name, int quantity) {}
        record Bill(BigDecimal total) {}
        var price = new BigDecimal("1234567890123456789012345678.90");
        var world =
                new RunnerFixture(
                        Definition.of("scripted", Dish.class)
                                .example(new Dish("soup", 1))
                                .step("price", Bill.class, _ -> new Bill(price))
                                .step(
                                        "serve",
                                        String.class,
                                        context ->
                                                context.input().name()
                                                        + " for "
                                                        + context.output("price", Bill.class)
                                                                .total())
                                .build());
        Request request =
                world.submit("request-1", "scripted", "{\"name\":\"soup\",\"quantity\":2}");

        world.runner().run(request, RunnerFixture.endless());

        assertThat(world.find(request).result()).isEqualTo("\"soup for " + price + "\"");
    }

    @Test
    void output_of_a_step_that_has_not_finished_or_has_another_type_cannot_be_read()
            throws Exception {
        record Dish(int quantity) {}
        var refusals = new ConcurrentLinkedQueue<String>();
        TestStep second =
                TestStep.of(
                        "two",
                        context -> {
                            for (String step : List.of("none", "one", "two")) {
                                try {
                                    context.output(step, Dish.class);
                                } catch (IllegalArgumentException refused) {
                                    refusals.add(String.valueOf(refused.getMessage()));
                                }
                            }
                            return NOTHING;
                        });
        TestStep none = TestStep.of("none", _ -> NullNode.instance);
        ran(new RunnerFixture(ScriptedTypes.quick(none, counting("one", runs), second)));

        assertThat(refusals)
                .containsExactly(
                        "the output of step none is null, so it is no Dish",
                        "the output of step one is no Dish",
                        "no step two has finished");
    }

    @ParameterizedTest
    @CsvSource({
        "'one,two', true",
        "'one,other', true",
        "one, true",
        "'zero,one', false",
        "x, false"
    })
    void request_continues_if_its_finished_steps_are_the_first_ones_of_the_new_type(
            String newSteps, boolean continues) throws Exception {
        var before =
                new RunnerFixture(
                        ScriptedTypes.quick(
                                counting("one", runs),
                                failing("two", new TryLater("oven", "Cold."))));
        Request offered = before.sweep(ran(before));
        RequestRunner after =
                before.runner(
                        RequestTypes.of(List.of(TestType.of("scripted", newSteps.split(",", -1)))));

        after.run(offered, RunnerFixture.endless());

        Request request = before.find(offered);
        assertThat(request.status()).isEqualTo(continues ? Status.SUCCEEDED : Status.FAILED);
        assertThat(request.error() == null ? "" : request.error().code())
                .isEqualTo(continues ? "" : "type-changed");
        assertThat(request.steps().getFirst().output()).isEqualTo("{\"n\":1}");
        assertThat(request.isRetryable()).isEqualTo(!continues);
    }

    @Test
    void request_that_failed_because_its_type_changed_continues_once_its_steps_are_back()
            throws Exception {
        var world =
                new RunnerFixture(
                        ScriptedTypes.quick(
                                counting("one", runs),
                                failing("two", new TryLater("oven", "Cold."))));
        Request offered = world.sweep(ran(world));
        world.runner(RequestTypes.of(List.of(TestType.of("scripted", "zero"))))
                .run(offered, RunnerFixture.endless());
        Request failed = world.find(offered);

        Request retried =
                world.done(failed, world.transitions.retry(failed, world.clock.instant()));
        world.runner(RequestTypes.of(List.of(TestType.of("scripted", "one", "two"))))
                .run(retried, RunnerFixture.endless());

        assertThat(world.find(offered).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void request_of_an_unknown_type_waits_for_a_worker_that_knows_it() throws Exception {
        var newer = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        Request request = newer.submit("request-1");
        RequestRunner older = newer.runner(RequestTypes.of(List.of(TestType.of("another", "one"))));

        older.run(request, RunnerFixture.endless());
        Request aside = newer.find(request);
        older.run(aside, RunnerFixture.endless());
        Request offered = newer.sweep(aside);
        older.run(offered, RunnerFixture.endless());
        assertThat(newer.find(request)).isEqualTo(offered);
        assertThat(offered.status()).isEqualTo(Status.ACCEPTED);

        newer.runner().run(offered, RunnerFixture.endless());
        assertThat(newer.find(request).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(newer.find(request).attempt()).isEqualTo(1);
    }

    @Test
    void request_of_a_type_that_no_worker_knows_for_15_minutes_fails() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        Request request = world.submit("request-1", "unheard-of", "{}");
        world.runner().run(request, RunnerFixture.endless());

        world.clock.advance(Duration.ofMinutes(15).minusMillis(1));
        world.runner().run(world.find(request), RunnerFixture.endless());
        assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);

        world.clock.advance(Duration.ofMillis(1));
        world.runner().run(world.find(request), RunnerFixture.endless());
        assertThat(world.find(request).error())
                .isEqualTo(
                        new RequestError(
                                "unknown-type",
                                "No worker knows the request type unheard-of."
                                        + " Retry the request once a release that knows it is"
                                        + " deployed.",
                                null,
                                true));
    }

    @Test
    void retried_request_of_an_unknown_type_waits_for_another_15_minutes() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        Request request = world.submit("request-1", "unheard-of", "{}");
        world.runner().run(request, RunnerFixture.endless());
        world.clock.advance(Duration.ofDays(1));
        world.runner().run(world.find(request), RunnerFixture.endless());
        Request failed = world.find(request);
        assertThat(failed.status()).isEqualTo(Status.FAILED);

        world.done(failed, world.transitions.retry(failed, world.clock.instant()));
        world.runner().run(world.find(request), RunnerFixture.endless());

        assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"next-release-parked", "next-release-accepted", "next-release-skipped"})
    void request_of_a_newer_release_is_left_alone(String name) throws Exception {
        var world =
                new RunnerFixture(
                        TestType.of("place-order", Pace.QUICK, List.of(counting("one", runs))));
        world.memory.put(StoredItems.item(name));
        Request seen = StoredItems.read(name);

        world.runner().run(seen, RunnerFixture.endless());

        assertThat(world.find(seen)).isEqualTo(seen);
        assertThat(runs).hasValue(0);
    }

    @Test
    void step_that_fails_without_a_code_fails_its_request_at_once() throws Exception {
        Request after =
                ran(new RunnerFixture(ScriptedTypes.quick(failing(new StepFailed(null, null)))));

        assertThat(after.status()).isEqualTo(Status.FAILED);
        assertThat(after.error()).isEqualTo(new RequestError("failed", "", "one", false));
    }

    @ParameterizedTest
    @CsvSource({
        "Item size to update has exceeded the maximum allowed size, item-too-large, false",
        "One or more parameter values were invalid, write-refused, true",
    })
    void result_that_the_database_will_never_store_fails_the_request_at_once(
            String message, String code, boolean retryable) throws Exception {
        var world =
                new RunnerFixture(
                        ScriptedTypes.quick(counting("one", runs), counting("two", runs)));
        world.store.refuseNext("commit a step of", message);

        Request after = ran(world);

        assertThat(after.status()).isEqualTo(Status.FAILED);
        assertThat(after.error()).extracting(RequestError::code).isEqualTo(code);
        assertThat(after.error()).extracting(RequestError::retryable).isEqualTo(retryable);
        assertThat(runs).hasValue(1);
    }

    @Test
    void claim_that_the_database_will_never_store_fails_the_request() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.quick(counting("one", runs)));
        world.store.refuseNext("claim", "Item size has exceeded the maximum allowed size");

        Request after = ran(world);

        assertThat(after.status()).isEqualTo(Status.FAILED);
        assertThat(after.error()).extracting(RequestError::code).isEqualTo("item-too-large");
        assertThat(runs).hasValue(0);
    }

    @Test
    void request_whose_step_outlives_every_invocation_fails_after_ten_attempts() throws Exception {
        var world = new RunnerFixture(ScriptedTypes.slow(TestStep.of("one", _ -> hangAgain())));
        Request request = world.submit("request-1");
        for (int invocation = 1; invocation <= Request.MAX_ATTEMPTS; invocation++) {
            world.runner().run(world.find(request), shortInvocation());

            assertThat(world.find(request).status()).isEqualTo(Status.ACCEPTED);
            assertThat(world.find(request).attempt()).isEqualTo(invocation);
        }
        world.runner().run(world.find(request), shortInvocation());
        assertThat(runs).hasValue(Request.MAX_ATTEMPTS);

        Request overdue = world.find(request);
        world.done(overdue, world.transitions.giveUp(overdue, world.clock.instant()));
        assertThat(world.find(request).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void invocation_that_finished_a_step_does_not_count_as_an_attempt() throws Exception {
        var world =
                new RunnerFixture(
                        ScriptedTypes.slow(
                                counting("one", runs), TestStep.of("two", _ -> hangAgain())));
        Request request = world.submit("request-1");

        world.runner().run(request, shortInvocation());

        assertThat(world.find(request).nextStep()).isEqualTo(1);
        assertThat(world.find(request).attempt()).isZero();
    }

    @Test
    void setting_the_wall_clock_neither_ends_nor_extends_a_step() throws Exception {
        var steady = new ManualClock();
        var world = new RunnerFixture(ScriptedTypes.quick(TestStep.of("one", _ -> hangAgain())));
        Request request = world.submit("request-1");
        RequestRunner runner = world.runner(steady);
        Thread worker =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                runner.run(request, RunnerFixture.endless());
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        });
        Await.until("started", () -> runs.get() == 1);

        world.clock.advance(Duration.ofHours(1));
        steady.advance(Duration.ofMinutes(10).minusSeconds(1));
        Await.until("extended", () -> world.find(request).version() > 2);
        assertThat(world.find(request).status()).isEqualTo(Status.RUNNING);
        world.clock.advance(Duration.ofHours(-2));
        steady.advance(Duration.ofSeconds(1));

        worker.join();
        assertThat(world.find(request).error())
                .extracting(RequestError::code)
                .isEqualTo("step-timed-out");
    }

    private JsonNode hangAgain() throws InterruptedException {
        runs.incrementAndGet();
        new CountDownLatch(1).await();
        return NOTHING;
    }

    /** Returns the time left of an invocation that ends once the hanging step has started. */
    private TimeLeft shortInvocation() {
        int before = runs.get();
        return new TimeLeft(
                () -> runs.get() > before ? Duration.ZERO : Duration.ofMinutes(14), true);
    }

    private static Request ran(RunnerFixture world) throws InterruptedException {
        Request request = world.submit("request-1");
        world.runner().run(request, RunnerFixture.endless());
        return world.find(request);
    }

    private static void run(RunnerFixture world, Request request) {
        try {
            world.runner().run(request, RunnerFixture.endless());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static TestStep failing(Throwable how) {
        return failing("one", how);
    }

    private static TestStep failing(String name, Throwable how) {
        return TestStep.of(
                name,
                _ -> {
                    if (how instanceof Exception exception) {
                        throw exception;
                    }
                    throw new AssertionError(how);
                });
    }

    private static TestStep waiting(CountDownLatch release) {
        return TestStep.of(
                "one",
                _ -> {
                    release.await();
                    return NOTHING;
                });
    }

    private JsonNode hang(CountDownLatch interrupted) throws InterruptedException {
        hanging.countDown();
        try {
            new CountDownLatch(1).await();
            return NOTHING;
        } catch (InterruptedException expected) {
            interrupted.countDown();
            throw expected;
        }
    }
}
