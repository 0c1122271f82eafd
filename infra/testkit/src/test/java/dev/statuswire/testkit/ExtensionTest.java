package dev.statuswire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.sdk.Definition;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
final class ExtensionTest {

    /** A service that counts. */
    interface Bell {

        int ring(String key);
    }

    @RegisterExtension
    static final StatuswireTest<String> STATUSWIRE =
            StatuswireTest.withNew(
                            () ->
                                    () ->
                                            Definition.of("ring", String.class)
                                                    .example("loud")
                                                    .step(
                                                            "ring",
                                                            Integer.class,
                                                            context ->
                                                                    context.environment()
                                                                            .once(
                                                                                    Bell.class,
                                                                                    any ->
                                                                                            key ->
                                                                                                    -1)
                                                                            .ring(
                                                                                    context
                                                                                            .effectKey()))
                                                    .build())
                    .client(Bell.class, ExtensionTest::newBell);

    private static Bell newBell(Effects effects) {
        var rings = new AtomicInteger();
        return key -> {
            effects.happened(key, "ring");
            return rings.incrementAndGet();
        };
    }

    @RepeatedTest(2)
    void each_test_has_its_own_fakes_and_effects() {
        STATUSWIRE.submit("soft").runUntilIdle().assertSucceeded(1);
        STATUSWIRE.submit("loud").runUntilIdle().assertSucceeded(2);

        assertThat(STATUSWIRE.effects().all()).hasSize(2);
    }
}
