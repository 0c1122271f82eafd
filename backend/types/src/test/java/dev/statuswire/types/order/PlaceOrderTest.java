package dev.statuswire.types.order;

import static dev.statuswire.types.testing.StepFailures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.statuswire.core.request.Progress;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.DynamoDbLocal;
import dev.statuswire.core.testing.ManualClock;
import dev.statuswire.sdk.InvalidInputException;
import dev.statuswire.sdk.TryLater;
import dev.statuswire.types.testing.StepRuns;
import dev.statuswire.types.testing.UsersFixture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class PlaceOrderTest {

    @RegisterExtension static final DynamoDbLocal DYNAMO_DB = new DynamoDbLocal();

    private final StepRuns<Order> order =
            new UsersFixture(DYNAMO_DB.client()).runs(new PlaceOrder());

    @ParameterizedTest
    @CsvSource({"soup, 1, 550", "pasta, 2, 2300", "steak, 20, 49000"})
    void total_is_the_price_of_the_dish_times_the_quantity(String dish, int quantity, int cents)
            throws Exception {
        var checked =
                order.run(
                        "order-1",
                        "check-menu",
                        "{\"dish\":\"%s\",\"quantity\":%d}".formatted(dish, quantity));

        assertThat(checked.get("dish").textValue()).isEqualTo(dish);
        assertThat(checked.get("totalCents").intValue()).isEqualTo(cents);
    }

    @Test
    void order_without_a_simulation_is_served_at_once() throws Exception {
        String soup = "{\"dish\":\"soup\",\"quantity\":3}";

        assertThat(order.run("order-1", "cook", soup).get("cooked").intValue()).isEqualTo(3);
        assertThat(order.run("order-1", "serve", soup).get("served").textValue())
                .isEqualTo("3 × soup");
    }

    @Test
    void chosen_step_fails_as_often_as_specified_and_then_succeeds() throws Exception {
        String input = simulate("\"failStep\":\"cook\",\"failTimes\":2");

        assertFailsTransiently("order-1", "cook", input);
        assertFailsTransiently("order-1", "cook", input);
        order.run("order-1", "cook", input);
        order.run("order-1", "cook", input);
    }

    @Test
    void chosen_step_fails_once_by_default() throws Exception {
        String input = simulate("\"failStep\":\"serve\"");

        assertFailsTransiently("order-1", "serve", input);
        order.run("order-1", "serve", input);
    }

    @Test
    void other_steps_do_not_fail() throws Exception {
        String input = simulate("\"failStep\":\"cook\",\"failTimes\":10");

        order.run("order-1", "check-menu", input);
        order.run("order-1", "serve", input);
    }

    @Test
    void failures_are_counted_per_request_and_the_count_survives_the_process() throws Exception {
        var world = new UsersFixture(DYNAMO_DB.client());
        String input = simulate("\"failStep\":\"cook\",\"failTimes\":1");
        StepRuns<Order> before = world.runs(new PlaceOrder());
        assertThatExceptionOfType(TryLater.class)
                .isThrownBy(() -> before.run("order-1", "cook", input));

        StepRuns<Order> after = world.runs(new PlaceOrder());
        after.run("order-1", "cook", input);

        assertThatExceptionOfType(TryLater.class)
                .isThrownBy(() -> after.run("order-2", "cook", input));
    }

    @Test
    void failure_count_expires_one_day_after_the_last_failure() {
        var world = new UsersFixture(DYNAMO_DB.client());
        var clock = new ManualClock();
        var tries = new SimulatedFailureCount(world.dynamoDb(), world.table(), clock);

        assertThat(tries.count("ada/order-1/cook")).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(tries.count("ada/order-1/cook")).isEqualTo(2);

        long aDayLater = clock.instant().plus(Duration.ofDays(1)).getEpochSecond();
        assertThat(world.item("tries#ada/order-1/cook"))
                .containsEntry("expiresAt", AttributeValue.fromN(Long.toString(aDayLater)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-menu", "cook", "serve"})
    void rejection_ends_the_order_in_the_chosen_step_on_every_run(String step) {
        String input = simulate("\"failStep\":\"%s\",\"reject\":true".formatted(step));

        assertFails("rejected", () -> order.run("order-1", step, input));
        assertFails("rejected", () -> order.run("order-1", step, input));
    }

    @Test
    void first_step_rejects_if_no_step_is_chosen() throws Exception {
        String input = simulate("\"reject\":true");

        assertFails("rejected", () -> order.run("order-1", "check-menu", input));
        order.run("order-1", "cook", input);
    }

    @Test
    void order_is_not_rejected_if_reject_is_false() throws Exception {
        order.runAll("order-1", simulate("\"reject\":false"));
    }

    @Test
    void cook_reports_progress_that_never_decreases() throws Exception {
        var context = order.context("order-1", "cook", simulate("\"cookMillis\":1000"));

        var cooked = order.run("cook", context);

        assertThat(cooked.get("millis").intValue()).isEqualTo(1000);
        assertThat(context.said())
                .hasSizeGreaterThan(1)
                .startsWith(new Progress(0, "cooking"))
                .extracting(Progress::percent)
                .isSorted()
                .allMatch(percent -> percent < 100);
    }

    @Test
    void interrupted_cook_stops_at_once() throws Exception {
        var context = order.context("order-1", "cook", simulate("\"cookMillis\":600000"));
        var thrown = new CompletableFuture<Throwable>();
        Thread cook =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        order.run("cook", context);
                                    } catch (Exception stopped) {
                                        thrown.complete(stopped);
                                    }
                                });
        Await.until("the cook has started", () -> !context.said().isEmpty());

        cook.interrupt();
        cook.join();

        assertThat(thrown).isCompletedWithValueMatching(InterruptedException.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"quantity\":1}",
                "{\"dish\":null,\"quantity\":1}",
                "{\"dish\":\"stone\",\"quantity\":1}",
                "{\"dish\":\"soup\",\"quantity\":\"many\"}"
            })
    void input_that_is_not_an_order_is_refused(String input) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> order.run("order-1", "check-menu", input));
    }

    private void assertFailsTransiently(String id, String step, String input) {
        assertThatExceptionOfType(TryLater.class)
                .isThrownBy(() -> order.run(id, step, input))
                .returns("kitchen-failed", TryLater::code);
    }

    private static String simulate(String how) {
        return "{\"dish\":\"soup\",\"quantity\":1,\"simulate\":{%s}}".formatted(how);
    }
}
