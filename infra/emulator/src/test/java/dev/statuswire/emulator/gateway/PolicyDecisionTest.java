package dev.statuswire.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyDecisionTest {

    private static final String ARN = "arn:aws:execute-api:local:000000000000:local/local/$connect";

    private static Map<String, Object> statement(String effect, Object action, Object resource) {
        return Map.of("Effect", effect, "Action", action, "Resource", resource);
    }

    private static boolean allows(Object... statements) {
        return PolicyDecision.allows(Map.of("Statement", List.of(statements)), ARN);
    }

    @Test
    void allow_of_the_call_or_of_a_pattern_that_covers_it_allows() {
        assertThat(allows(statement("Allow", "execute-api:Invoke", ARN))).isTrue();
        assertThat(allows(statement("Allow", "execute-api:*", "arn:aws:execute-api:*/$connect")))
                .isTrue();
        assertThat(allows(statement("Allow", List.of("*"), new String[] {"x", "*"}))).isTrue();
    }

    @Test
    void allow_of_something_else_allows_nothing() {
        assertThat(allows(statement("Allow", "execute-api:Invoke", ARN + "x"))).isFalse();
        assertThat(allows(statement("Allow", "s3:GetObject", "*"))).isFalse();
        assertThat(allows()).isFalse();
    }

    @Test
    void deny_wins_over_any_allow() {
        assertThat(allows(statement("Allow", "*", "*"), statement("Deny", "*", ARN))).isFalse();
        assertThat(allows(statement("Deny", "*", "other"), statement("Allow", "*", "*"))).isTrue();
    }

    @Test
    void conditions_are_read_at_their_strictest() {
        Map<String, Object> condition = Map.of("IpAddress", Map.of("aws:SourceIp", "10.0.0.0/8"));
        assertThat(
                        allows(
                                Map.of(
                                        "Effect",
                                        "Allow",
                                        "Action",
                                        "*",
                                        "Resource",
                                        "*",
                                        "Condition",
                                        condition)))
                .isFalse();
        assertThat(
                        allows(
                                Map.of(
                                        "Effect",
                                        "Allow",
                                        "Action",
                                        "*",
                                        "Resource",
                                        "*",
                                        "Condition",
                                        Map.of())))
                .isTrue();
    }

    @Test
    void policy_that_is_incomplete_is_an_error() {
        assertThatThrownBy(() -> PolicyDecision.allows(Map.of(), ARN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> allows(Map.of("Effect", "Allow", "Action", "*")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
