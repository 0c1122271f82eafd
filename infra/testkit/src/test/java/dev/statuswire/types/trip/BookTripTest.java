package dev.statuswire.types.trip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.JsonConversion;
import dev.statuswire.sdk.StepDefinition;
import dev.statuswire.testkit.Effects.Effect;
import dev.statuswire.testkit.StatuswireTest;
import dev.statuswire.testkit.TestRequest;
import dev.statuswire.types.trip.BookTrip.Booking;
import dev.statuswire.types.trip.Trip.Part;
import dev.statuswire.types.trip.Trip.Simulate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class BookTripTest {

    private static final String FLIGHT = "flight from Oslo to Rome";
    private static final String HOTEL = "hotel: 2 nights in Rome";
    private static final String CAR = "car in Rome";

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    @RegisterExtension
    final StatuswireTest<Trip> statuswire =
            StatuswireTest.withNew(() -> BookTripTest::withQuickExample)
                    .client(
                            DynamoDbClient.class,
                            effects -> new BookingsTable(effects, DYNAMO_DB.client()));

    /** The steps of the type's example really sleep. */
    private static Definition<Trip> withQuickExample() {
        Definition<Trip> type = new BookTrip().define();
        Definition.Builder<Trip> copy =
                Definition.of(type.name(), Trip.class)
                        .example(new Trip("Berlin", "Lisbon", 3, null));
        type.steps().forEach(step -> addTo(copy, step));
        return copy.build();
    }

    private static void addTo(Definition.Builder<Trip> copy, StepDefinition<Trip, ?> step) {
        copy.step(
                step.name(),
                JsonNode.class,
                step::run,
                options ->
                        options.undo(
                                (context, output) ->
                                        step.undo(context, JsonConversion.write(output))));
    }

    private TestRequest<Trip> submit(@Nullable Part failStep, @Nullable Part failUndo) {
        return statuswire.submit(
                new Trip("Oslo", "Rome", 2, new Simulate(failStep, failUndo, null)));
    }

    private BookingsTable table() {
        return (BookingsTable) statuswire.client(DynamoDbClient.class);
    }

    private List<String> happened() {
        return statuswire.effects().all().stream().map(Effect::what).toList();
    }

    @Test
    void all_parts_of_a_trip_are_booked() {
        TestRequest<Trip> trip = submit(null, null).runUntilIdle();

        trip.assertSucceeded(new Booking(CAR, trip.effectKey("car"))).assertUndone();
        assertThat(trip.output("hotel", Booking.class))
                .isEqualTo(new Booking(HOTEL, trip.effectKey("hotel")));
        assertThat(happened()).containsExactly("book " + FLIGHT, "book " + HOTEL, "book " + CAR);
    }

    @Test
    void a_trip_without_a_car_releases_the_hotel_and_then_the_flight() {
        TestRequest<Trip> trip = submit(Part.CAR, null).runUntilIdle();

        trip.assertFailed("not-available").assertUndone("hotel", "flight");
        assertThat(happened())
                .containsExactly(
                        "book " + FLIGHT,
                        "book " + HOTEL,
                        "RELEASED " + HOTEL,
                        "RELEASED " + FLIGHT);
    }

    @Test
    void a_trip_without_a_flight_has_nothing_to_release() {
        submit(Part.FLIGHT, null).runUntilIdle().assertFailed("not-available").assertUndone();

        assertThat(happened()).isEmpty();
    }

    @Test
    void a_cancelled_trip_releases_what_is_booked() {
        TestRequest<Trip> trip = submit(null, null);
        trip.failNext("car", new IllegalStateException("down")).run().assertRetrying();

        trip.cancel().runUntilIdle().assertCancelled().assertUndone("car", "hotel", "flight");

        assertThat(table().state(trip.effectKey("flight"))).isEqualTo("RELEASED");
    }

    @Test
    void a_failed_release_fails_the_trip_and_a_retry_goes_on_with_it() {
        TestRequest<Trip> trip = submit(Part.CAR, Part.FLIGHT).runUntilIdle();
        trip.assertFailed("undo-failed").assertUndone("hotel");
        assertThat(table().state(trip.effectKey("flight"))).isEqualTo("BOOKED");

        trip.retry().runUntilIdle().assertFailed("not-available").assertUndone("hotel", "flight");

        assertThat(table().state(trip.effectKey("flight"))).isEqualTo("RELEASED");
        assertThat(trip.undoRuns("hotel")).isEqualTo(1);
        assertThat(trip.runs("flight")).isEqualTo(1);
    }

    @Test
    void a_retry_after_the_releases_books_again_under_new_keys() {
        TestRequest<Trip> trip = submit(Part.CAR, null).runUntilIdle();
        String released = trip.effectKey("flight");

        trip.retry().runUntilIdle().assertFailed("not-available").assertUndone("hotel", "flight");

        assertThat(trip.effectKey("flight")).isNotEqualTo(released);
        assertThat(happened()).hasSize(8);
        assertThat(table().state(released)).isEqualTo("RELEASED");
    }

    @Test
    void crashes_book_and_release_each_part_once() {
        submit(null, null).crashEverywhere();
        submit(Part.CAR, null).crashEverywhere();
    }
}
