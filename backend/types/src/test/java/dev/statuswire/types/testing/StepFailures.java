package dev.statuswire.types.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.statuswire.core.type.StepFailed;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a step ends its request. */
public final class StepFailures {

    private StepFailures() {}

    /** Asserts that {@code run} throws {@link StepFailed} with that code. */
    public static void assertFails(String code, ThrowingCallable run) {
        assertThatExceptionOfType(StepFailed.class).isThrownBy(run).returns(code, StepFailed::code);
    }
}
