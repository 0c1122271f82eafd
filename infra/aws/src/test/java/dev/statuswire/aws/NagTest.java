package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The AwsSolutions and Serverless packs of cdk-nag. What is accepted says why, where it stands. */
final class NagTest {

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#all")
    void nothing_is_found_that_was_not_accepted_for_a_reason(Synthesized stack) {
        assertThat(stack.findings()).isEmpty();
    }
}
