package dev.statuswire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.Retry;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.TryLater;
import dev.statuswire.sdk.UndoWork;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class UndoTest {

    @SuppressWarnings("StaticAssignmentOfThrowable") // nothing reads its trace
    private static final StepFailed SOLD_OUT = new StepFailed("sold-out", "No car.");

    @RegisterExtension final StatuswireTest<Trip> statuswire = test(UndoTest::cancel);

    record Trip(String to) {}

    record Ticket(String number) {}

    /** A service that books and cancels by key. */
    interface Agency {

        void call(@Nullable String key, String what);
    }

    private static Agency newAgency(Effects effects) {
        return (key, what) -> {
            if (key == null) {
                effects.happened(what);
            } else {
                effects.happened(key, what);
            }
        };
    }

    private static Agency agency(StepContext<Trip> context) {
        return context.environment()
                .once(
                        Agency.class,
                        any -> {
                            throw new AssertionError("the test has a fake");
                        });
    }

    private static Ticket book(String what, StepContext<Trip> context) {
        agency(context).call(context.effectKey(), "book " + what);
        return new Ticket(what + " to " + context.input().to());
    }

    private static void cancel(StepContext<Trip> context, @Nullable Ticket ticket) {
        context.progress(50, "cancelling");
        agency(context)
                .call(context.effectKey(), "cancel " + (ticket == null ? "?" : ticket.number()));
    }

    private static StatuswireTest<Trip> test(UndoWork<Trip, Ticket> undoHotel) {
        return StatuswireTest.withNew(() -> () -> travel(undoHotel))
                .client(Agency.class, UndoTest::newAgency);
    }

    private static Definition<Trip> travel(UndoWork<Trip, Ticket> undoHotel) {
        return Definition.of("travel", Trip.class)
                .example(new Trip("Rome"))
                .retry(Retry.times(1).backoff(Duration.ofSeconds(10), Duration.ofSeconds(10)))
                .step(
                        "flight",
                        Ticket.class,
                        context -> book("flight", context),
                        options -> options.undo(UndoTest::cancel))
                .step(
                        "hotel",
                        Ticket.class,
                        context -> book("hotel", context),
                        options -> options.undo(undoHotel))
                .delay("rest", Duration.ofHours(1))
                .step("car", Ticket.class, context -> book("car", context))
                .build();
    }

    private TestRequest<Trip> failing() {
        return failing(statuswire);
    }

    private static TestRequest<Trip> failing(StatuswireTest<Trip> test) {
        return test.submit(new Trip("Oslo")).failNext("car", SOLD_OUT);
    }

    private static String failure(TestRequest<Trip> request) {
        return String.valueOf(
                catchThrowableOfType(AssertionError.class, request::crashEverywhere).getMessage());
    }

    @Test
    void a_failed_request_undoes_its_finished_steps_the_last_one_first() {
        TestRequest<Trip> trip = failing().advance(Duration.ofHours(1)).assertFailed("sold-out");

        trip.assertUndone("hotel", "flight");
        assertThat(trip.undoRuns("hotel")).isEqualTo(1);
        assertThat(trip.effects("hotel")).containsExactly("book hotel");
        assertThat(trip.undoEffects("hotel")).containsExactly("cancel hotel to Oslo");
        assertThat(trip.progress())
                .containsExactly(
                        new TestRequest.Progress("hotel/undo", 50, "cancelling"),
                        new TestRequest.Progress("flight/undo", 50, "cancelling"));
        assertThat(statuswire.effects().all())
                .contains(
                        new Effects.Effect(
                                trip.effectKey("flight") + "/undo",
                                "cancel flight to Oslo",
                                "flight/undo"));
    }

    @Test
    void a_retry_runs_undone_steps_again_with_another_key() {
        TestRequest<Trip> trip = failing().advance(Duration.ofHours(1));
        String first = trip.effectKey("flight");

        trip.retry().runUntilIdle().assertSucceeded().assertUndone();

        assertThat(trip.effectKey("flight")).isNotEqualTo(first);
        assertThat(trip.runs("flight")).isEqualTo(2);
        assertThat(trip.runs("rest")).isEqualTo(1);
        assertThat(statuswire.effects().of(first)).containsExactly("book flight");
    }

    @Test
    void a_request_that_is_cancelled_while_it_waits_is_undone() {
        TestRequest<Trip> trip = statuswire.submit(new Trip("Oslo")).run().assertWaitingFor("rest");

        trip.cancel().runUntilIdle().assertCancelled().assertUndone("hotel", "flight");

        trip.retry().advance(Duration.ofHours(1)).assertSucceeded();
    }

    @Test
    void a_request_that_is_being_undone_cannot_be_cancelled() {
        TestRequest<Trip> trip = failing().failNextUndo("hotel", new IOException("down"));
        trip.advance(Duration.ofHours(1)).assertRetrying().assertUndone();

        assertThatIllegalStateException().isThrownBy(trip::cancel);
        trip.runUntilIdle().assertFailed("sold-out").assertUndone("hotel", "flight");
        assertThat(trip.undoRuns("hotel")).isEqualTo(2);
    }

    @Test
    void a_failed_undo_goes_on_after_a_retry() {
        TestRequest<Trip> trip = failing().failNextUndo("flight", new StepFailed("no", "Not now."));
        trip.advance(Duration.ofHours(1)).assertFailed("undo-failed").assertUndone("hotel");

        trip.retry().runUntilIdle().assertFailed("sold-out").assertUndone("hotel", "flight");

        assertThat(trip.undoRuns("hotel")).isEqualTo(1);
        assertThat(trip.undoRuns("flight")).isEqualTo(2);
    }

    @Test
    void an_undo_that_is_expected_in_vain_fails_the_assertion() {
        TestRequest<Trip> trip = failing().advance(Duration.ofHours(1));

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> trip.assertUndone("flight", "hotel"))
                .withMessageStartingWith(
                        "expected a request whose undone steps are [flight, hotel], but found"
                                + " travel FAILED with the error sold-out: No car.; undone steps:"
                                + " [hotel, flight]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trip.assertUndone("car"))
                .withMessage("step car has no undo");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trip.failNextUndo("rest", new IOException()));
    }

    @Test
    void crashes_have_no_effect_on_an_undo_with_keys() {
        failing().crashEverywhere();
        failing()
                .failNextUndo("hotel", new IOException("down"))
                .failNextUndo("hotel", new TryLater("busy", "Later."))
                .crashEverywhere();
        failing().failNextUndo("flight", SOLD_OUT).crashEverywhere();
    }

    @Test
    void an_undo_whose_effect_has_no_key_is_found() {
        TestRequest<Trip> trip =
                failing(test((context, ticket) -> agency(context).call(null, "cancel hotel")));

        assertThat(failure(trip))
                .startsWith("step \"hotel/undo\" of travel has more effects")
                .contains("when: the process died after the call Agency.call")
                .contains("actual:   [cancel hotel without a key, cancel hotel without a key]");
    }

    @Test
    void an_undo_whose_effect_depends_on_the_attempt_is_found() {
        TestRequest<Trip> trip =
                failing(
                        test(
                                (context, ticket) ->
                                        agency(context)
                                                .call(
                                                        context.effectKey(),
                                                        "cancel " + context.attempt())));

        assertThat(failure(trip)).startsWith("step \"hotel/undo\" of travel has other effects");
    }

    /** Its undo needs what the step has left in a field. */
    static final class StateInField implements RequestType<Trip> {

        private @Nullable String number;

        @Override
        public Definition<Trip> define() {
            return Definition.of("travel", Trip.class)
                    .example(new Trip("Rome"))
                    .step(
                            "hotel",
                            Ticket.class,
                            context -> {
                                number = context.input().to();
                                return new Ticket("");
                            },
                            options ->
                                    options.undo(
                                            (context, ticket) ->
                                                    agency(context)
                                                            .call(
                                                                    context.effectKey(),
                                                                    "cancel " + number)))
                    .step("car", Ticket.class, context -> new Ticket(""))
                    .build();
        }
    }

    @Test
    void state_that_a_step_leaves_in_a_field_for_its_undo_is_found() {
        var test =
                StatuswireTest.with(new StateInField()).client(Agency.class, UndoTest::newAgency);

        assertThat(failure(failing(test)))
                .startsWith("step \"hotel/undo\" of travel has other effects")
                .contains("the process died after the write \"commit a step of\"");
    }

    @Test
    void an_undo_that_fails_without_a_disturbance_fails_the_test() {
        TestRequest<Trip> trip =
                failing(
                        test(
                                (context, ticket) -> {
                                    throw new IOException("no network");
                                }));

        AssertionError failure = catchThrowableOfType(AssertionError.class, trip::crashEverywhere);

        assertThat(failure)
                .hasMessageStartingWith(
                        "travel fails even if nothing disturbs it: FAILED with the error"
                                + " undo-failed")
                .hasRootCauseMessage("no network");
    }
}
