package dev.statuswire.types.order;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code place-order}.
 *
 * @param simulate delays and failures to simulate; null for none
 */
record Order(Dish dish, int quantity, @Nullable Simulate simulate) {

    Order {
        Objects.requireNonNull(dish, "dish");
    }

    /** A dish on the menu, with its price in cents. */
    enum Dish {
        soup(550),
        pasta(1150),
        steak(2450);

        private final int cents;

        Dish(int cents) {
            this.cents = cents;
        }

        int cents() {
            return cents;
        }
    }

    /**
     * Delays and failures to simulate.
     *
     * @param cookMillis how long cooking takes, 0 to 600,000 ms; null for no time
     * @param failStep the step that fails; null for none, or for the first one if {@code reject} is
     *     true
     * @param failTimes how many runs of the step fail, 1 to 10; null for one
     * @param reject whether the step fails the request at once instead of failing transiently
     */
    record Simulate(
            @Nullable Integer cookMillis,
            @Nullable String failStep,
            @Nullable Integer failTimes,
            @Nullable Boolean reject) {

        static final Simulate NOTHING = new Simulate(null, null, null, null);

        int cookTime() {
            return cookMillis == null ? 0 : cookMillis;
        }

        boolean rejects() {
            return Boolean.TRUE.equals(reject);
        }

        boolean failsIn(String step) {
            return failStep == null
                    ? rejects() && step.equals(PlaceOrder.CHECK_MENU)
                    : failStep.equals(step);
        }

        int failures() {
            return failTimes == null ? 1 : failTimes;
        }
    }

    Simulate simulation() {
        return simulate == null ? Simulate.NOTHING : simulate;
    }
}
