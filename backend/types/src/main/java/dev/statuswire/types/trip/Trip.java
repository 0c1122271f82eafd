package dev.statuswire.types.trip;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.statuswire.sdk.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code book-trip}.
 *
 * @param simulate delays and failures to simulate; null for none
 */
record Trip(
        @Description("Where the trip starts.") @NotBlank @Size(max = 100) String from,
        @Description("Where it goes.") @NotBlank @Size(max = 100) String to,
        @Description("The number of nights.") @Min(1) @Max(60) int nights,
        @Description("Delays and failures to simulate.") @Nullable Simulate simulate) {

    /** What is booked. */
    enum Part {
        @JsonProperty("flight")
        FLIGHT("flight"),
        @JsonProperty("hotel")
        HOTEL("hotel"),
        @JsonProperty("car")
        CAR("car");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * Delays and failures to simulate.
     *
     * @param failStep the step that fails for good; null for none
     * @param failUndo the step whose undo fails for good the first time; null for none
     * @param stepMillis how long each step takes, 0 to 60,000 ms; null for no time
     */
    record Simulate(
            @Description("The step that fails.") @Nullable Part failStep,
            @Description("The step whose undo fails until you retry.") @Nullable Part failUndo,
            @Description("How long each step takes, in milliseconds.") @Min(0) @Max(60_000)
                    @Nullable Integer stepMillis) {}

    boolean failsAt(Part part) {
        return simulate != null && simulate.failStep() == part;
    }

    boolean failsToUndo(Part part) {
        return simulate != null && simulate.failUndo() == part;
    }

    Duration timeOfStep() {
        return simulate == null || simulate.stepMillis() == null
                ? Duration.ZERO
                : Duration.ofMillis(simulate.stepMillis());
    }
}
