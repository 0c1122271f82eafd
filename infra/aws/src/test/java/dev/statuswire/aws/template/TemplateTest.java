package dev.statuswire.aws.template;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.aws.Synthesized;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The template as it is synthesized does what it should, and each planted fault is found: either a
 * service refuses the template, or the probe for it fails.
 */
final class TemplateTest {

    /** For what never comes; it decides no test that passes. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** For what a fault keeps from coming. A longer wait finds nothing else. */
    private static final Duration PATIENCE_WITH_A_FAULT = Duration.ofSeconds(2);

    private static final Synthesized STACK = Synthesized.shipped();

    private static RunningStack running;

    @BeforeAll
    static void start() {
        running = started(STACK.template());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static RunningStack started(JsonNode template) {
        return RunningStack.of(template, STACK.folder()).start();
    }

    /** Another authorizer, a domain of one's own, and pages of other origins. */
    @Test
    void stack_with_an_issuer_of_one_s_own_does_what_it_should() throws Exception {
        Synthesized other = Synthesized.ownIssuer();
        try (var stack = RunningStack.of(other.template(), other.folder()).start()) {
            for (Probe probe : Probe.values()) {
                probe.check(new Probed(stack, PATIENCE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Probe.class)
    void stack_does_what_it_should(Probe probe) {
        assertThatCode(() -> probe.check(new Probed(running, PATIENCE))).doesNotThrowAnyException();
    }

    static Stream<Fault> refused() {
        return Arrays.stream(Fault.values()).filter(it -> it.probe().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void service_refuses_a_template_with(Fault fault) {
        JsonNode template = fault.planted(STACK.template());

        assertThatThrownBy(() -> started(template).close())
                .isInstanceOf(RejectedTemplateException.class);
    }

    static Stream<Fault> found() {
        return Arrays.stream(Fault.values()).filter(it -> it.probe().isPresent());
    }

    @ParameterizedTest
    @MethodSource("found")
    void probe_finds(Fault fault) {
        Probe probe = fault.probe().orElseThrow();
        try (var stack = started(fault.planted(STACK.template()))) {
            var probed = new Probed(stack, PATIENCE_WITH_A_FAULT);

            assertThatThrownBy(() -> probe.check(probed)).isNotNull();
        }
    }
}
