package dev.statuswire.aws.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.aws.Synthesized;
import dev.statuswire.core.testing.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that the synthesized template works, and that each planted fault is detected: either a
 * service rejects the template, or the probe for the fault fails.
 *
 * <p>{@code ./test} tests every fault that a service rejects and {@value #FAULTS_OF_A_RUN} of the
 * others, different ones each time; {@code ./test --long} tests all of them.
 */
final class TemplateTest {

    private static final int FAULTS_OF_A_RUN = 4;

    /** Limits waits for events that a fault prevents. A longer wait would detect nothing else. */
    private static final Duration PATIENCE_WITH_A_FAULT = Duration.ofSeconds(2);

    private static final Synthesized STACK = ShippedStack.SYNTHESIZED;

    /** This stack has the function as authorizer, its own domain, and allowed origins. */
    @Test
    void stack_with_an_own_issuer_works() throws Exception {
        Synthesized other = Synthesized.ownIssuer();
        try (var stack = RunningStack.of(other.template(), other.folder()).start()) {
            for (Probe probe : Probe.values()) {
                probe.check(new ProbedStack(stack, ShippedStack.PATIENCE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Probe.class)
    void stack_works(Probe probe) {
        assertThat(ShippedStack.wrong(probe)).isEmpty();
    }

    static Stream<Fault> refused() {
        return Arrays.stream(Fault.values()).filter(it -> it.probe().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void service_rejects_a_template_with(Fault fault) {
        JsonNode template = fault.planted(STACK.template());

        assertThatThrownBy(() -> RunningStack.of(template, STACK.folder()).start().close())
                .isInstanceOf(RejectedTemplateException.class);
    }

    static List<Fault> found() {
        var faults =
                new ArrayList<>(
                        Arrays.stream(Fault.values())
                                .filter(it -> it.probe().isPresent())
                                .toList());
        if (Scale.LONG) {
            return faults;
        }
        Collections.shuffle(faults, new Random(seed()));
        return faults.subList(0, FAULTS_OF_A_RUN);
    }

    /** Returns the seed; {@code -Dstatuswire.faults.seed} repeats the faults of a seed. */
    private static long seed() {
        long seed = Long.getLong("statuswire.faults.seed", new Random().nextInt(1_000_000));
        System.out.println("faults of -Dstatuswire.faults.seed=" + seed);
        return seed;
    }

    @ParameterizedTest
    @MethodSource("found")
    void probe_finds(Fault fault) {
        Probe probe = fault.probe().orElseThrow();
        try (var stack = RunningStack.of(fault.planted(STACK.template()), STACK.folder())) {
            if (probe.needsEverything()) {
                stack.start();
            }
            var probed = new ProbedStack(stack, PATIENCE_WITH_A_FAULT);

            assertThatThrownBy(() -> probe.check(probed)).isNotNull();
        }
    }
}
