package dev.statuswire.types.order;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.sdk.StepWork;
import dev.statuswire.sdk.TryLater;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * The request type {@code place-order}: an order in a restaurant, with simulated delays and
 * failures.
 */
public final class PlaceOrder implements RequestType<Order> {

    static final String CHECK_MENU = "check-menu";
    static final String COOK = "cook";
    static final String SERVE = "serve";

    record Bill(Order.Dish dish, int totalCents) {}

    record Meal(int cooked, int millis) {}

    record Receipt(String served) {}

    @Override
    public Definition<Order> define() {
        return Definition.of("place-order", Order.class)
                .title("Place an order")
                .description(
                        "Orders a dish in a restaurant. You can simulate a slow or failing kitchen.")
                .example(new Order(Order.Dish.PASTA, 2, new Order.Simulate(3000, null, null, null)))
                .slow()
                .step(
                        CHECK_MENU,
                        Bill.class,
                        mayFail(Order.Stage.CHECK_MENU, PlaceOrder::checkMenu))
                .step(
                        COOK,
                        Meal.class,
                        mayFail(Order.Stage.COOK, PlaceOrder::cook),
                        // Cooking may take longer than the default limit.
                        step -> step.timeLimit(Duration.ofMinutes(11)))
                .step(SERVE, Receipt.class, mayFail(Order.Stage.SERVE, PlaceOrder::serve))
                .build();
    }

    private static <O> StepWork<Order, O> mayFail(Order.Stage stage, StepWork<Order, O> work) {
        return context -> {
            Order.Simulate simulate = context.input().simulation();
            if (simulate.failsIn(stage)) {
                fail(simulate, context);
            }
            return work.run(context);
        };
    }

    private static void fail(Order.Simulate simulate, StepContext<Order> context)
            throws StepFailed, TryLater {
        if (simulate.rejects()) {
            context.log().log(Level.INFO, "the kitchen rejects {0}", context.input().dish());
            throw new StepFailed("rejected", "Simulated rejection by the kitchen.");
        }
        int now =
                context.environment()
                        .once(SimulatedFailureCount.class, SimulatedFailureCount::in)
                        .count(context.effectKey());
        if (now <= simulate.failures()) {
            throw new TryLater(
                    "kitchen-failed", "Simulated failure in the kitchen (attempt " + now + ").");
        }
    }

    private static Bill checkMenu(StepContext<Order> context) {
        Order order = context.input();
        return new Bill(order.dish(), order.dish().cents() * order.quantity());
    }

    private static Meal cook(StepContext<Order> context) throws InterruptedException {
        Order order = context.input();
        int millis = order.simulation().cookTime();
        CookingTime.cook(
                Duration.ofMillis(millis), percent -> context.progress(percent, "cooking"));
        return new Meal(order.quantity(), millis);
    }

    private static Receipt serve(StepContext<Order> context) {
        Order order = context.input();
        return new Receipt(order.quantity() + " × " + order.dish().word());
    }
}
