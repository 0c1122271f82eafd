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
 * The template as it is synthesized does what it should, and each planted fault is found: either a
 * service refuses the template, or the probe for it fails.
 *
 * <p>{@code ./test} tries every fault that a service refuses, and {@value #FAULTS_OF_A_RUN} of the
 * others, other ones each time; {@code ./test --long} tries all.
 */
final class TemplateTest {

    private static final int FAULTS_OF_A_RUN = 4;

    /** For what a fault keeps from coming. A longer wait finds nothing else. */
    private static final Duration PATIENCE_WITH_A_FAULT = Duration.ofSeconds(2);

    private static final Synthesized STACK = ShippedStack.SYNTHESIZED;

    /** Another authorizer, a domain of one's own, and pages of other origins. */
    @Test
    void stack_with_an_issuer_of_one_s_own_does_what_it_should() throws Exception {
        Synthesized other = Synthesized.ownIssuer();
        try (var stack = RunningStack.of(other.template(), other.folder()).start()) {
            for (Probe probe : Probe.values()) {
                probe.check(new Probed(stack, ShippedStack.PATIENCE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Probe.class)
    void stack_does_what_it_should(Probe probe) {
        assertThat(ShippedStack.wrong(probe)).isEmpty();
    }

    static Stream<Fault> refused() {
        return Arrays.stream(Fault.values()).filter(it -> it.probe().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void service_refuses_a_template_with(Fault fault) {
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

    /** {@code -Dstatuswire.faults.seed} tries the same faults again. */
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
            var probed = new Probed(stack, PATIENCE_WITH_A_FAULT);

            assertThatThrownBy(() -> probe.check(probed)).isNotNull();
        }
    }
}
