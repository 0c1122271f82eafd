package dev.statuswire.types.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.statuswire.sdk.StepFailed;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions about steps that end their request. */
public final class StepFailures {

    private StepFailures() {}

    /** Asserts that {@code run} throws {@link StepFailed} with {@code code}. */
    public static void assertFails(String code, ThrowingCallable run) {
        assertThatExceptionOfType(StepFailed.class).isThrownBy(run).returns(code, StepFailed::code);
    }
}
