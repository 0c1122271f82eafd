package dev.statuswire.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.testkit.Effects;
import dev.statuswire.testkit.StatuswireTest;
import dev.statuswire.testkit.example.PlaceOrder.Dish;
import dev.statuswire.testkit.example.PlaceOrder.Order;
import dev.statuswire.testkit.example.PlaceOrder.Receipt;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PlaceOrderTest {

    @RegisterExtension
    static final StatuswireTest<Order> STATUSWIRE =
            StatuswireTest.with(new PlaceOrder()).client(Kitchen.class, FakeKitchen::new);

    record FakeKitchen(Effects effects) implements Kitchen {

        @Override
        public void cook(String key, Dish dish, int quantity) {
            effects.happened(key, "cook " + quantity + " × " + dish);
        }
    }

    @Test
    void an_order_is_priced_cooked_and_served() {
        var order = STATUSWIRE.submit(new Order(Dish.PASTA, 2)).runUntilIdle();

        order.assertSucceeded(new Receipt("2 × PASTA", 2300));
        assertThat(order.effects("cook")).containsExactly("cook 2 × PASTA");
    }

    @Test
    void an_order_survives_an_outage_of_the_kitchen() {
        var order = STATUSWIRE.submit(new Order(Dish.PASTA, 2));
        order.failNext("cook", new IOException("out of gas")).run().assertRetrying();

        order.runUntilIdle().assertSucceeded();
        assertThat(order.runs("cook")).isEqualTo(2);
    }

    @Test
    void an_order_is_cooked_once_whatever_happens() {
        STATUSWIRE.submit(new Order(Dish.PASTA, 2)).crashEverywhere();
    }
}
