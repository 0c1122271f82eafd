package dev.statuswire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.statuswire.core.request.Status;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidTypeException;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.Retry;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.TryLater;
import jakarta.validation.constraints.Max;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TestRequestTest {

    @RegisterExtension
    final StatuswireTest<Trip> statuswire =
            StatuswireTest.with(new Travel())
                    .client(Agency.class, FakeAgency::new)
                    .setting("CURRENCY", "EUR");

    private final List<Duration> waited = new ArrayList<>();

    record Trip(String to, @Max(9) int days) {}

    record Offer(int price, String currency) {}

    record Ticket(String to, int price) {}

    /** A service that books. */
    interface Agency {

        void book(StepContext<Trip> context) throws Exception;
    }

    /** An agency whose next answer a test can choose. */
    static final class FakeAgency implements Agency {

        private final Effects effects;
        private Runnable meanwhile = () -> {};

        FakeAgency(Effects effects) {
            this.effects = effects;
        }

        @Override
        public void book(StepContext<Trip> context) {
            effects.happened(context.effectKey(), "book " + context.input().to());
            meanwhile.run();
        }
    }

    static final class Travel implements RequestType<Trip> {

        @Override
        public Definition<Trip> define() {
            return Definition.of("travel", Trip.class)
                    .example(new Trip("Rome", 3))
                    .retry(Retry.times(2).backoff(Duration.ofSeconds(10), Duration.ofHours(1)))
                    .step("offer", Offer.class, Travel::offer)
                    .step("book", Ticket.class, Travel::book)
                    .build();
        }

        private static Offer offer(StepContext<Trip> context) throws StepFailed {
            if (context.input().days() == 0) {
                throw new StepFailed("too-short", "Stay for a day.");
            }
            return new Offer(
                    context.input().days() * 100,
                    context.environment().setting("CURRENCY").orElseThrow());
        }

        private static Ticket book(StepContext<Trip> context) throws Exception {
            context.progress(10, "calling");
            context.environment()
                    .once(
                            Agency.class,
                            any -> {
                                throw new AssertionError("the test has a fake");
                            })
                    .book(context);
            context.progress(90, context.cancelled() ? "cancelled" : "booked");
            return new Ticket(context.input().to(), context.output("offer", Offer.class).price());
        }
    }

    private TestRequest<Trip> submit() {
        return statuswire.submit(new Trip("Oslo", 2));
    }

    @Test
    void a_request_runs_until_it_has_succeeded() {
        TestRequest<Trip> trip = submit();
        assertThat(trip.status()).isEqualTo(Status.ACCEPTED);

        trip.runUntilIdle().assertSucceeded(new Ticket("Oslo", 200));

        assertThat(trip.output("offer", Offer.class)).isEqualTo(new Offer(200, "EUR"));
        assertThat(trip.runs("offer")).isEqualTo(1);
        assertThat(trip.effects("book")).containsExactly("book Oslo");
        assertThat(trip.effects("offer")).isEmpty();
        assertThat(trip.progress())
                .containsExactly(
                        new TestRequest.Progress("book", 10, "calling"),
                        new TestRequest.Progress("book", 90, "booked"));
        assertThat(statuswire.effects().all())
                .containsExactly(new Effects.Effect(trip.effectKey("book"), "book Oslo", "book"));
    }

    @Test
    void a_transient_failure_is_retried_after_its_backoff() {
        TestRequest<Trip> trip = submit().failNext("book", new TryLater("busy", "Later."));

        trip.run().assertRetrying();
        assertThat(trip.runs("book")).isEqualTo(1);
        trip.advance(Duration.ofSeconds(10)).assertSucceeded();
        assertThat(trip.runs("book")).isEqualTo(2);
    }

    @Test
    void time_passes_only_as_far_as_the_test_says() {
        TestRequest<Trip> trip = submit().failNext("book", new IOException("down"));
        trip.run();
        for (int second = 0; trip.status() == Status.RETRYING; second++) {
            assertThat(second).isLessThan(10);
            trip.advance(Duration.ofSeconds(1));
        }
        trip.assertSucceeded();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trip.advance(Duration.ofMillis(-1)))
                .withMessage("time does not go back: PT-0.001S");
    }

    @Test
    void a_request_fails_after_its_last_retry() {
        TestRequest<Trip> trip =
                submit().failNext("offer", new IOException("a"))
                        .failNext("offer", new IOException("b"))
                        .failNext("offer", new IOException("c"))
                        .runUntilIdle();

        trip.assertFailed("step-failed");
        assertThat(trip.runs("offer")).isEqualTo(3);
        assertThat(trip.runs("book")).isZero();
        trip.retry().runUntilIdle().assertSucceeded();
        assertThat(trip.runs("offer")).isEqualTo(4);
    }

    @Test
    void a_step_fails_a_request_with_its_code() {
        statuswire.submit(new Trip("Oslo", 0)).runUntilIdle().assertFailed("too-short");
    }

    @Test
    void a_request_is_cancelled_before_it_starts_and_retried() {
        TestRequest<Trip> trip = submit().cancel();
        trip.assertCancelled().runUntilIdle().assertCancelled();
        assertThat(trip.runs("offer")).isZero();

        trip.retry().runUntilIdle().assertSucceeded();
    }

    @Test
    void a_request_is_cancelled_while_a_step_runs() {
        TestRequest<Trip> trip = submit();
        ((FakeAgency) statuswire.client(Agency.class)).meanwhile = trip::cancel;

        trip.runUntilIdle().assertCancelled();

        assertThat(trip.effects("book")).hasSize(1);
        assertThat(trip.progress().getLast().message()).isEqualTo("cancelled");
    }

    @Test
    void a_finished_request_can_be_neither_cancelled_nor_retried() {
        TestRequest<Trip> trip = submit().runUntilIdle();

        assertThatIllegalStateException()
                .isThrownBy(trip::cancel)
                .withMessage("cannot cancel a request that is SUCCEEDED");
        assertThatIllegalStateException()
                .isThrownBy(trip::retry)
                .withMessage("cannot retry a request that is SUCCEEDED");
    }

    @Test
    void a_failed_assertion_shows_the_request_and_the_cause() {
        TestRequest<Trip> trip = submit().failNext("book", new IOException("line is dead")).run();

        assertThatThrownBy(trip::assertSucceeded)
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """
                        expected a request that is SUCCEEDED, but found travel RETRYING with the \
                        error step-failed: The step book failed because of an internal error.
                          offer: SUCCEEDED, 1 runs, output {"price":200,"currency":"EUR"}
                          book: FAILED, 1 runs""")
                .hasRootCauseMessage("line is dead");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> trip.assertFailed("too-short"))
                .withMessageStartingWith(
                        "expected a request that is FAILED with the error too-short, but found");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> trip.output("book", Ticket.class))
                .withMessageStartingWith("expected an output of step book, but found travel");
    }

    @Test
    void another_result_fails_the_assertion() {
        TestRequest<Trip> trip = submit().runUntilIdle();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> trip.assertSucceeded(new Ticket("Oslo", 201)))
                .withMessageStartingWith(
                        "expected the result {\"to\":\"Oslo\",\"price\":201}, but found travel");
    }

    @Test
    void an_unknown_step_is_refused() {
        TestRequest<Trip> trip = submit();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trip.runs("fly"))
                .withMessage("no step fly; the steps are [offer, book]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trip.failNext("fly", new IOException()));
        assertThatIllegalArgumentException().isThrownBy(() -> trip.effects("fly"));
    }

    @Test
    void an_input_that_the_api_refuses_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statuswire.submit(new Trip("Oslo", 10)))
                .withMessage(
                        "the API would refuse this input: /input/days: days must be at most 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statuswire.submit(new Trip("\uD800", 1)))
                .withMessageStartingWith("the API would refuse this input: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> statuswire.submit(new Trip("x".repeat(70_000), 1)))
                .withMessage("the API would refuse this input: an input has at most 65536 bytes");
    }

    @Test
    void requests_of_a_test_share_the_services_and_the_time() {
        TestRequest<Trip> first = submit().failNext("offer", new IOException("down"));
        TestRequest<Trip> second = submit();

        second.runUntilIdle();

        first.assertSucceeded();
        assertThat(statuswire.effects().all()).hasSize(2);
        assertThat(first.effectKey("book")).isNotEqualTo(second.effectKey("book"));
    }

    @Test
    void a_definition_that_breaks_a_rule_is_refused_at_once() {
        RequestType<Trip> type =
                () ->
                        Definition.of("travel", Trip.class)
                                .example(new Trip("Rome", 10))
                                .step("offer", Offer.class, Travel::offer)
                                .build();

        assertThatExceptionOfType(InvalidTypeException.class)
                .isThrownBy(() -> StatuswireTest.withNew(() -> type))
                .withMessageContaining("its example does not match its schema");
    }

    /** A type with a constructor that a new process would not call. */
    static final class Configured implements RequestType<Trip> {

        private final RequestType<Trip> other;

        Configured(RequestType<Trip> other) {
            this.other = other;
        }

        @Override
        public Definition<Trip> define() {
            return other.define();
        }
    }

    @Test
    void a_lambda_is_a_type_as_well() {
        StatuswireTest<Trip> test = StatuswireTest.with(() -> new Travel().define());

        test.client(Agency.class, FakeAgency::new).setting("CURRENCY", "EUR");
        test.submit(new Trip("Oslo", 1)).runUntilIdle().assertSucceeded();
        test.submit(new Trip("Oslo", 1)).crashEverywhere();
    }

    @Test
    void a_type_with_another_constructor_must_say_how_it_is_created() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StatuswireTest.with(new Configured(new Travel())))
                .withMessageContaining("StatuswireTest.withNew(() -> new …)");

        StatuswireTest.withNew(() -> new Configured(new Travel()))
                .client(Agency.class, FakeAgency::new)
                .setting("CURRENCY", "SEK")
                .submit(new Trip("Oslo", 1))
                .runUntilIdle()
                .assertSucceeded();
    }

    @Test
    void fakes_are_added_before_the_first_request() {
        submit();

        assertThatIllegalStateException().isThrownBy(() -> statuswire.setting("A", "b"));
        statuswire.reset();
        statuswire.setting("A", "b");
    }

    @Test
    void a_client_that_statuswire_does_not_offer_is_not_offered_by_a_fake() {
        var test =
                StatuswireTest.withNew(
                                () ->
                                        () ->
                                                Definition.of("travel", Trip.class)
                                                        .example(new Trip("Rome", 1))
                                                        .retry(Retry.none())
                                                        .step("offer", Void.class, this::wrong)
                                                        .build())
                        .client(Agency.class, FakeAgency::new);
        TestRequest<Trip> trip = test.submit(new Trip("Oslo", 1)).runUntilIdle();

        assertThatThrownBy(trip::assertSucceeded)
                .hasRootCauseMessage(
                        "a process has no client of "
                                + Agency.class.getName()
                                + "; let the type create it with once");
    }

    private Void wrong(StepContext<Trip> context) throws Exception {
        context.environment().client(Agency.class).book(context);
        throw new AssertionError("the client does not exist");
    }

    @Test
    void what_a_type_creates_is_closed_after_the_test() {
        var closed = new ArrayList<String>();
        RequestType<Trip> type =
                () ->
                        Definition.of("travel", Trip.class)
                                .example(new Trip("Rome", 1))
                                .step(
                                        "offer",
                                        Offer.class,
                                        context -> {
                                            AutoCloseable object =
                                                    context.environment()
                                                            .once(
                                                                    AutoCloseable.class,
                                                                    any -> () -> closed.add("it"));
                                            assertThat(object).isNotNull();
                                            waited.add(time(context));
                                            return new Offer(1, "EUR");
                                        })
                                .build();
        var test = StatuswireTest.withNew(() -> type);
        test.submit(new Trip("Oslo", 1)).advance(Duration.ofDays(1)).assertSucceeded();
        test.submit(new Trip("Oslo", 1)).runUntilIdle().assertSucceeded();
        assertThat(closed).isEmpty();
        assertThat(waited.getLast().minus(waited.getFirst())).isEqualTo(Duration.ofDays(1));

        test.reset();

        assertThat(closed).containsExactly("it");
    }

    private static Duration time(StepContext<Trip> context) {
        InstantSource clock =
                context.environment().once(InstantSource.class, any -> InstantSource.system());
        return Duration.ofMillis(clock.millis());
    }
}
