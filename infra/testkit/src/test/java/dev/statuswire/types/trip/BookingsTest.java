package dev.statuswire.types.trip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.testkit.Effects.Effect;
import dev.statuswire.testkit.StatuswireTest;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class BookingsTest {

    private static final String KEY = "ada/trip-1/life-1/flight";

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    @RegisterExtension
    final StatuswireTest<String> statuswire =
            StatuswireTest.withNew(
                            () ->
                                    () ->
                                            Definition.of("call", String.class)
                                                    .example("")
                                                    .step("call", Void.class, this::call)
                                                    .build())
                    .client(
                            DynamoDbClient.class,
                            effects -> new BookingsTable(effects, DYNAMO_DB.client()));

    private Consumer<Bookings> calls = bookings -> {};

    private @Nullable Void call(StepContext<String> context) {
        calls.accept(Bookings.of(context));
        return null;
    }

    /** Returns what the calls have changed. */
    private List<String> changesBy(Consumer<Bookings> run) {
        calls = run;
        statuswire.submit("").run().assertSucceeded();
        return statuswire.effects().all().stream().map(Effect::what).toList();
    }

    private String state() {
        return ((BookingsTable) statuswire.client(DynamoDbClient.class)).state(KEY);
    }

    @Test
    void a_booking_is_made_once_for_each_key() {
        assertThat(
                        changesBy(
                                bookings -> {
                                    bookings.book(KEY, "flight");
                                    bookings.book(KEY, "flight");
                                    bookings.book(KEY + "/2", "flight");
                                }))
                .containsExactly("book flight", "book flight");
        assertThat(state()).isEqualTo("BOOKED");
    }

    @Test
    void a_booking_is_released_once_and_a_late_run_does_not_book_it_again() {
        assertThat(
                        changesBy(
                                bookings -> {
                                    bookings.book(KEY, "flight");
                                    bookings.release(KEY);
                                    bookings.release(KEY);
                                    bookings.book(KEY, "flight");
                                }))
                .containsExactly("book flight", "RELEASED flight");
        assertThat(state()).isEqualTo("RELEASED");
    }
}
