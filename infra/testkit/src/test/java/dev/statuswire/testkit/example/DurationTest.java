package dev.statuswire.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.testkit.StatuswireTest;
import dev.statuswire.testkit.TestRequest;
import dev.statuswire.testkit.example.PlaceOrder.Dish;
import dev.statuswire.testkit.example.PlaceOrder.Order;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Prints how long tests take. A slow machine does not fail it. */
final class DurationTest {

    private static final int TESTS = 20;

    private final StatuswireTest<Order> statuswire =
            StatuswireTest.with(new PlaceOrder())
                    .client(Kitchen.class, PlaceOrderTest.FakeKitchen::new);

    @Test
    void a_test_of_three_steps_takes_less_than_50_ms_after_the_first_one() {
        print("a test of three steps", () -> order().runUntilIdle().assertSucceeded());
        print("crashEverywhere of three steps", () -> order().crashEverywhere());
    }

    private TestRequest<Order> order() {
        statuswire.reset();
        return statuswire.submit(new Order(Dish.PASTA, 2));
    }

    private static void print(String what, Runnable test) {
        long first = micros(test);
        long[] others = LongStream.range(0, TESTS).map(i -> micros(test)).sorted().toArray();
        System.out.printf(
                "%s: first %,d µs, then median %,d µs, longest %,d µs%n",
                what, first, others[TESTS / 2], others[TESTS - 1]);
        assertThat(others).hasSize(TESTS);
    }

    private static long micros(Runnable test) {
        long start = System.nanoTime();
        test.run();
        return (System.nanoTime() - start) / 1000;
    }
}
