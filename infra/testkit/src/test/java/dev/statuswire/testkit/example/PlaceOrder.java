package dev.statuswire.testkit.example;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Description;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;

/** An order in a restaurant: three steps, one of which has an effect. */
public final class PlaceOrder implements RequestType<PlaceOrder.Order> {

    enum Dish {
        SOUP(550),
        PASTA(1150);

        private final int cents;

        Dish(int cents) {
            this.cents = cents;
        }
    }

    record Order(
            @Description("What to cook.") Dish dish,
            @Description("How many portions.") @Min(1) @Max(20) int quantity) {}

    record Bill(int totalCents) {}

    record Meal(int portions) {}

    record Receipt(String served, int totalCents) {}

    @Override
    public Definition<Order> define() {
        return Definition.of("place-order", Order.class)
                .title("Place an order")
                .example(new Order(Dish.SOUP, 1))
                .slow()
                .step("price", Bill.class, this::price)
                .step("cook", Meal.class, this::cook)
                .step("serve", Receipt.class, this::serve)
                .build();
    }

    private Bill price(StepContext<Order> context) {
        Order order = context.input();
        return new Bill(order.dish().cents * order.quantity());
    }

    private Meal cook(StepContext<Order> context) throws IOException {
        Order order = context.input();
        context.progress(50, "cooking");
        context.environment()
                .once(Kitchen.class, environment -> new HttpKitchen())
                .cook(context.effectKey(), order.dish(), order.quantity());
        return new Meal(order.quantity());
    }

    private Receipt serve(StepContext<Order> context) {
        Bill bill = context.output("price", Bill.class);
        return new Receipt(
                context.input().quantity() + " × " + context.input().dish(), bill.totalCents());
    }

    /** The real kitchen, which tests do not call. */
    private static final class HttpKitchen implements Kitchen {

        @Override
        public void cook(String key, Dish dish, int quantity) throws IOException {
            throw new IOException("no kitchen answers");
        }
    }
}
