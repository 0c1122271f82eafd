package dev.statuswire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.statuswire.core.request.HistoryEntry;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LinkTest {

    private static final Decision YES = new Decision(true);

    @RegisterExtension
    final StatuswireTest<Trip> statuswire =
            StatuswireTest.with(new SchoolTrip()).client(Mail.class, LinkTest::newMail);

    record Trip(String child) {}

    record Decision(boolean allowed) {}

    record Sent(String text) {}

    /** A service that sends a message once for each key. */
    interface Mail {

        void send(String key, String text);
    }

    private static Mail newMail(Effects effects) {
        return effects::happened;
    }

    /** Sends the parents a link with which they can allow the trip. */
    static final class SchoolTrip implements RequestType<Trip> {

        @Override
        public Definition<Trip> define() {
            return Definition.of("school-trip", Trip.class)
                    .example(new Trip("Bob"))
                    .step("ask", Sent.class, SchoolTrip::ask)
                    .answer(
                            "allow",
                            Decision.class,
                            options ->
                                    options.prompt(context -> "For " + context.input().child())
                                            .within(Duration.ofDays(3)))
                    .answer(
                            "pay",
                            Decision.class,
                            options ->
                                    options.prompt(context -> "Paid?").within(Duration.ofDays(3)))
                    .build();
        }

        private static Sent ask(StepContext<Trip> context) {
            URI link = context.link("allow");
            String text = "%s may go? %s".formatted(context.input().child(), link);
            context.environment()
                    .once(
                            Mail.class,
                            any -> {
                                throw new AssertionError("the test has a fake");
                            })
                    .send(context.effectKey(), text);
            return new Sent(text);
        }
    }

    @Test
    void the_parents_answer_with_the_link_in_their_mail() {
        var trip = statuswire.submit(new Trip("Ada")).runUntilIdle();
        URI link = trip.links().get(0);
        assertThat(trip.effects("ask")).containsExactly("Ada may go? " + link);

        trip.answerByLink(link, "allow", YES).runUntilIdle().assertWaitingFor("pay");
    }

    @Test
    void links_are_different_urls_oldest_first_also_those_of_failed_runs() {
        var trip = statuswire.submit(new Trip("Ada"));
        trip.failNext("ask", new IOException("no mail")).run();
        assertThat(trip.links()).isEmpty();

        trip.runUntilIdle();
        var other = statuswire.submit(new Trip("Eve")).runUntilIdle();

        assertThat(trip.links()).hasSize(1).doesNotContainAnyElementsOf(other.links());
        assertThat(trip.links().get(0).toString())
                .matches("https://statuswire\\.test/l/[A-Za-z0-9_-]{22}");
    }

    @Test
    void an_answer_by_link_is_by_a_link_in_the_history() {
        var trip = statuswire.submit(new Trip("Ada")).runUntilIdle();

        trip.answerByLink(trip.links().get(0), "allow", YES).runUntilIdle().answer("pay", YES);

        assertThat(trip.request().history())
                .filteredOn(entry -> entry.event().equals(HistoryEntry.ANSWERED))
                .extracting(HistoryEntry::by)
                .containsExactly(HistoryEntry.LINK, HistoryEntry.OWNER);
    }

    @Test
    void a_link_only_answers_its_step_of_its_request() {
        var trip = statuswire.submit(new Trip("Ada")).runUntilIdle();
        var other = statuswire.submit(new Trip("Eve")).runUntilIdle();
        URI link = trip.links().get(0);

        assertRefused(() -> other.answerByLink(link, "allow", YES), "a valid link to the request");
        for (String unknown :
                new String[] {
                    "https://statuswire.test/l/0mBkUvN6_5yYCcf0zWgVJA",
                    "https://statuswire.test/l/short",
                    "https://other.test" + link.getPath()
                }) {
            assertRefused(
                    () -> trip.answerByLink(URI.create(unknown), "allow", YES),
                    "a valid link to the request");
        }
        trip.answerByLink(link, "allow", YES).runUntilIdle();
        assertRefused(
                () -> trip.answerByLink(link, "pay", YES),
                "a link that allows an answer to step pay");
        assertRefused(
                () -> trip.answerByLink(link, "allow", YES),
                "a request that waits for an answer to step allow");
    }

    private static void assertRefused(Runnable answer, String expected) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(answer::run)
                .withMessageStartingWith("expected " + expected);
    }

    @Test
    void an_answer_by_link_is_checked_as_the_api_does() {
        var trip = statuswire.submit(new Trip("Ada")).runUntilIdle();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trip.answerByLink(trip.links().get(0), "allow", "perhaps"))
                .withMessageContaining("the API would refuse this answer");
    }

    @Test
    void a_link_expires_after_400_days() {
        var trip = statuswire.submit(new Trip("Ada")).runUntilIdle();

        trip.advance(Duration.ofDays(400)).assertFailed("no-answer");

        assertRefused(
                () -> trip.answerByLink(trip.links().get(0), "allow", YES),
                "a valid link to the request");
    }

    @Test
    void another_run_creates_another_link_and_that_is_no_difference() {
        var trip = statuswire.submit(new Trip("Ada")).runUntilIdle();
        trip.answerByLink(trip.links().get(0), "allow", YES).runUntilIdle();

        trip.answer("pay", YES).runUntilIdle().crashEverywhere();
    }

    @Test
    void other_differences_of_a_message_with_a_link_are_found() {
        var count = new int[1];
        StatuswireTest<Trip> counting =
                StatuswireTest.with(new SchoolTrip())
                        .client(
                                Mail.class,
                                effects -> (key, text) -> effects.happened(key, text + count[0]++));
        var trip = counting.submit(new Trip("Ada")).runUntilIdle();
        trip.answer("allow", YES).runUntilIdle().answer("pay", YES);

        assertThat(catchThrowableOfType(AssertionError.class, trip::crashEverywhere))
                .hasMessageStartingWith("step \"ask\" of school-trip has other effects");
    }
}
