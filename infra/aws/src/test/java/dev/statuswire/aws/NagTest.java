package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the stack with the AwsSolutions and Serverless packs of cdk-nag. Suppressed findings have
 * their reasons next to the code.
 */
final class NagTest {

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void all_findings_are_suppressed_with_a_reason(Synthesized stack) {
        assertThat(stack.findings()).isEmpty();
    }
}
