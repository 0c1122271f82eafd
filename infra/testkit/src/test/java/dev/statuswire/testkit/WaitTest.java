package dev.statuswire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.statuswire.core.request.Status;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.Retry;
import dev.statuswire.sdk.StepContext;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WaitTest {

    private static final Duration REST = Duration.ofMinutes(5);

    @RegisterExtension
    final StatuswireTest<Leave> statuswire =
            StatuswireTest.with(new Holiday()).client(Calendar.class, WaitTest::newCalendar);

    record Leave(String who, int days) {}

    record Decision(boolean granted, @Size(max = 10) @Nullable String reason) {}

    record Noted(String text) {}

    /** A service that keeps entries by key. */
    interface Calendar {

        void enter(@Nullable String key, String entry);
    }

    private static Calendar newCalendar(Effects effects) {
        return (key, entry) -> {
            if (key == null) {
                effects.happened(entry);
            } else {
                effects.happened(key, entry);
            }
        };
    }

    private static Calendar calendar(StepContext<Leave> context) {
        return context.environment()
                .once(
                        Calendar.class,
                        any -> {
                            throw new AssertionError("the test has a fake");
                        });
    }

    /** Asks for longer leaves, rests, and enters the leave. */
    static final class Holiday implements RequestType<Leave> {

        @Override
        public Definition<Leave> define() {
            return type().build();
        }

        static Definition.Builder<Leave> type() {
            return Definition.of("holiday", Leave.class)
                    .example(new Leave("Bob", 20))
                    .retry(Retry.times(1).backoff(Duration.ofSeconds(10), Duration.ofSeconds(10)))
                    .answer(
                            "grant",
                            Decision.class,
                            options ->
                                    options.when(context -> context.input().days() > 5)
                                            .prompt(context -> "For " + context.input().who() + "?")
                                            .within(Duration.ofDays(3)))
                    .delay("rest", REST)
                    .step("enter", Noted.class, Holiday::enter);
        }

        private static Noted enter(StepContext<Leave> context) {
            if (context.input().days() > 5 && !decision(context).granted()) {
                return new Noted("refused");
            }
            calendar(context).enter(context.effectKey(), context.input().who());
            return new Noted("entered");
        }
    }

    private static Decision decision(StepContext<Leave> context) {
        return context.output("grant", Decision.class);
    }

    private TestRequest<Leave> submit() {
        return statuswire.submit(new Leave("Ada", 10));
    }

    private static String failure(TestRequest<Leave> request) {
        return String.valueOf(
                catchThrowableOfType(AssertionError.class, request::crashEverywhere).getMessage());
    }

    @Test
    void a_request_waits_until_it_is_answered_and_its_delay_is_over() {
        TestRequest<Leave> leave = submit().runUntilIdle();
        leave.assertWaitingFor("grant");
        assertThat(leave.prompt()).isEqualTo("For Ada?");

        leave.answer("grant", new Decision(true, null)).runUntilIdle().assertWaitingFor("rest");

        leave.advance(REST.minusMillis(1)).assertWaitingFor("rest");
        leave.advance(Duration.ofMillis(1)).assertSucceeded(new Noted("entered"));
        assertThat(leave.output("grant", Decision.class)).isEqualTo(new Decision(true, null));
        assertThat(leave.runs("grant")).isEqualTo(1);
        assertThat(leave.runs("rest")).isEqualTo(1);
    }

    @Test
    void an_answer_and_the_time_of_a_delay_can_follow_each_other() {
        submit().runUntilIdle()
                .answer("grant", new Decision(false, "no"))
                .advance(REST)
                .assertSucceeded(new Noted("refused"));
    }

    @Test
    void an_answer_that_is_not_needed_is_skipped() {
        statuswire
                .submit(new Leave("Ada", 2))
                .run()
                .assertWaitingFor("rest")
                .advance(REST)
                .assertSucceeded(new Noted("entered"));
    }

    @Test
    void a_request_without_an_answer_in_time_fails_and_asks_again_after_a_retry() {
        TestRequest<Leave> leave = submit().advance(Duration.ofDays(3)).assertFailed("no-answer");

        leave.retry().runUntilIdle().assertWaitingFor("grant");
        leave.answer("grant", new Decision(true, null)).advance(REST).assertSucceeded();
    }

    @Test
    void a_default_answer_counts_if_there_is_no_other_in_time() {
        var test =
                StatuswireTest.withNew(
                        () ->
                                () ->
                                        Definition.of("ask", Leave.class)
                                                .example(new Leave("Bob", 1))
                                                .answer(
                                                        "grant",
                                                        Decision.class,
                                                        options ->
                                                                options.within(REST)
                                                                        .orElse(
                                                                                new Decision(
                                                                                        false,
                                                                                        "late")))
                                                .build());

        TestRequest<Leave> late = test.submit(new Leave("Ada", 1)).advance(REST);
        late.assertSucceeded(new Decision(false, "late"));
        late.crashEverywhere();
        test.submit(new Leave("Ada", 1))
                .run()
                .answer("grant", new Decision(true, null))
                .run()
                .assertSucceeded(new Decision(true, null));
    }

    @Test
    void a_request_that_does_not_wait_for_the_answer_refuses_it() {
        TestRequest<Leave> leave = submit();
        var yes = new Decision(true, null);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> leave.answer("grant", yes))
                .withMessageStartingWith(
                        "expected a request that waits for an answer to step grant, but found"
                                + " holiday ACCEPTED");
        leave.runUntilIdle().answer("grant", yes);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> leave.answer("grant", yes));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leave.answer("rest", yes))
                .withMessage("step rest never waits for an answer");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> leave.runUntilIdle().prompt())
                .withMessageStartingWith(
                        "expected a request that waits for an answer, but found holiday WAITING"
                                + " for step rest");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> leave.assertWaitingFor("grant"))
                .withMessageStartingWith("expected a request that waits for step grant, but found");
    }

    @Test
    void an_answer_that_the_api_refuses_is_refused() {
        TestRequest<Leave> leave = submit().runUntilIdle();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> leave.answer("grant", new Decision(true, "x".repeat(11))))
                .withMessage(
                        "the API would refuse this answer: /answer/reason: reason must have at most"
                                + " 10 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leave.answer("grant", "x".repeat(9_000)))
                .withMessage("the API would refuse this answer: an answer has at most 8192 bytes");
        leave.assertWaitingFor("grant");
    }

    @Test
    void a_waiting_request_is_cancelled() {
        TestRequest<Leave> leave = submit().runUntilIdle().cancel().assertCancelled();

        leave.advance(Duration.ofDays(4)).assertCancelled();
    }

    @Test
    void a_wait_ends_while_another_request_backs_off() {
        TestRequest<Leave> quick = statuswire.submit(new Leave("Ada", 1)).runUntilIdle();
        TestRequest<Leave> other = statuswire.submit(new Leave("Bob", 1)).runUntilIdle();
        other.advance(REST.minusMillis(1));
        TestRequest<Leave> failing = statuswire.submit(new Leave("Eve", 10));
        failing.failNext("grant", new IOException("down")).run().assertRetrying();

        failing.runUntilIdle().assertWaitingFor("grant");

        quick.assertSucceeded();
        other.assertSucceeded();
    }

    @Test
    void a_request_starts_at_its_time() {
        TestRequest<Leave> leave =
                statuswire.submit(
                        new Leave("Ada", 10),
                        options -> options.notBefore(Duration.ofHours(1)).tags("team:a"));

        leave.runUntilIdle().assertScheduled();
        leave.advance(Duration.ofMinutes(59)).assertScheduled();
        leave.advance(Duration.ofMinutes(1)).assertWaitingFor("grant");
    }

    @Test
    void a_scheduled_request_is_cancelled() {
        statuswire
                .submit(new Leave("Ada", 1), options -> options.notBefore(REST))
                .cancel()
                .assertCancelled();
    }

    @Test
    void a_request_that_cannot_start_in_time_fails() {
        statuswire
                .submit(
                        new Leave("Ada", 1),
                        options -> options.notBefore(REST).notAfter(Duration.ofMinutes(4)))
                .advance(REST)
                .assertFailed("too-late");
    }

    @Test
    void tags_that_the_api_refuses_are_refused() {
        for (String[] tags :
                new String[][] {{"a b"}, {"a", "a"}, {""}, {"a\n"}, "1234567890x".split("")}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> statuswire.submit(new Leave("Ada", 1), it -> it.tags(tags)))
                    .withMessageStartingWith("the API would refuse these tags: [");
        }
    }

    @Test
    void a_delay_that_is_too_long_fails_as_in_the_product() {
        delayed(Duration.ofDays(366)).run().assertFailed("wait-too-long");
        delayed(Duration.ofSeconds(Long.MAX_VALUE)).run().assertFailed("wait-too-long");
        delayed(Duration.ofDays(365)).run().assertWaitingFor("rest");
        delayed(Duration.ZERO).run().assertSucceeded(null);
    }

    private static TestRequest<Leave> delayed(Duration time) {
        return StatuswireTest.withNew(
                        () ->
                                () ->
                                        Definition.of("rest", Leave.class)
                                                .example(new Leave("Bob", 1))
                                                .delay("rest", context -> time)
                                                .build())
                .submit(new Leave("Ada", 1));
    }

    @Test
    void crashes_have_no_effect_on_a_type_that_waits() {
        submit().runUntilIdle().answer("grant", new Decision(true, null)).crashEverywhere();
        statuswire.submit(new Leave("Ada", 1)).crashEverywhere();
        submit().advance(Duration.ofDays(3)).assertFailed("no-answer").crashEverywhere();
        statuswire
                .submit(new Leave("Ada", 1), it -> it.notBefore(REST).notAfter(Duration.ZERO))
                .crashEverywhere();
    }

    @Test
    void an_answer_that_the_test_has_not_given_fails_the_crash_test() {
        assertThat(failure(submit()))
                .isEqualTo(
                        "holiday waits for an answer to step grant, and the test has not given one."
                                + " Before crashEverywhere, call answer, or let the time to answer"
                                + " pass.");
    }

    /** Keeps in a field what it knows before a wait. */
    static final class StateInField implements RequestType<Leave> {

        private @Nullable String who;

        @Override
        public Definition<Leave> define() {
            return Definition.of("holiday", Leave.class)
                    .example(new Leave("Bob", 20))
                    .answer(
                            "grant",
                            Decision.class,
                            options ->
                                    options.prompt(
                                            context -> {
                                                who = context.input().who();
                                                return who + "?";
                                            }))
                    .step("enter", Noted.class, context -> new Noted(String.valueOf(who)))
                    .build();
        }
    }

    @Test
    void state_that_a_wait_leaves_in_a_field_is_found() {
        TestRequest<Leave> leave =
                StatuswireTest.with(new StateInField())
                        .submit(new Leave("Ada", 10))
                        .run()
                        .answer("grant", new Decision(true, null));

        assertThat(failure(leave))
                .startsWith("step \"enter\" of holiday has another output")
                .contains("when: the process died after the write \"pause\"");
    }

    /** Six writes of workers, two ends of waits, and one call, each with two moments. */
    @Test
    void the_write_of_an_answer_and_the_end_of_a_delay_are_disturbed_as_well() {
        TestRequest<Leave> leave = submit().run().answer("grant", new Decision(true, null));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> leave.crashEverywhere(1000))
                .withMessage("no schedule 1000; there are 0 to %d", 4 * 2 * (6 + 2 + 1));
    }

    @Test
    void an_effect_without_a_key_while_a_wait_is_planned_is_found() {
        RequestType<Leave> type =
                () ->
                        Holiday.type()
                                .delay(
                                        "again",
                                        context -> {
                                            calendar(context).enter(null, "remind");
                                            return REST;
                                        })
                                .build();
        TestRequest<Leave> leave =
                StatuswireTest.withNew(() -> type)
                        .client(Calendar.class, WaitTest::newCalendar)
                        .submit(new Leave("Ada", 2));

        assertThat(failure(leave)).startsWith("step \"again\" of holiday has more effects");
    }

    @Test
    void a_delay_until_a_time_of_the_virtual_clock_ends_at_that_time() {
        var test =
                StatuswireTest.withNew(
                        () ->
                                () ->
                                        Definition.of("rest", Leave.class)
                                                .example(new Leave("Bob", 1))
                                                .delayUntil("rest", WaitTest::nextDay)
                                                .build());

        TestRequest<Leave> leave = test.submit(new Leave("Ada", 1)).run();
        leave.assertWaitingFor("rest").advance(Duration.ofHours(23)).assertWaitingFor("rest");
        leave.advance(Duration.ofHours(1));
        assertThat(leave.status()).isEqualTo(Status.SUCCEEDED);
        leave.crashEverywhere();
    }

    private static Instant nextDay(StepContext<Leave> context) {
        return context.environment()
                .once(InstantSource.class, any -> InstantSource.system())
                .instant()
                .plus(Duration.ofDays(1));
    }
}
