package dev.statuswire.types.order;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.statuswire.sdk.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code place-order}.
 *
 * @param simulate delays and failures to simulate; null for none
 */
record Order(
        @Description("The dish to cook.") Dish dish,
        @Description("The number of portions.") @Min(1) @Max(20) int quantity,
        @Description("Delays and failures to simulate.") @Nullable Simulate simulate) {

    /** A dish on the menu, with its price in cents. */
    enum Dish {
        @JsonProperty("soup")
        SOUP("soup", 550),
        @JsonProperty("pasta")
        PASTA("pasta", 1150),
        @JsonProperty("steak")
        STEAK("steak", 2450);

        private final String word;
        private final int cents;

        Dish(String word, int cents) {
            this.word = word;
            this.cents = cents;
        }

        String word() {
            return word;
        }

        int cents() {
            return cents;
        }
    }

    /** A step of an order. */
    enum Stage {
        @JsonProperty(PlaceOrder.CHECK_MENU)
        CHECK_MENU,
        @JsonProperty(PlaceOrder.COOK)
        COOK,
        @JsonProperty(PlaceOrder.SERVE)
        SERVE
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
            @Description("How long cooking takes, in milliseconds.") @Min(0) @Max(600_000)
                    @Nullable Integer cookMillis,
            @Description("The step that fails.") @Nullable Stage failStep,
            @Description("How many times the step fails. Default: 1.") @Min(1) @Max(10)
                    @Nullable Integer failTimes,
            @Description("If true, the step rejects the order. It is not retried.")
                    @Nullable Boolean reject) {

        static final Simulate NOTHING = new Simulate(null, null, null, null);

        int cookTime() {
            return cookMillis == null ? 0 : cookMillis;
        }

        boolean rejects() {
            return Boolean.TRUE.equals(reject);
        }

        boolean failsIn(Stage stage) {
            return failStep == null ? rejects() && stage == Stage.CHECK_MENU : failStep == stage;
        }

        int failures() {
            return failTimes == null ? 1 : failTimes;
        }
    }

    Simulate simulation() {
        return simulate == null ? Simulate.NOTHING : simulate;
    }
}
