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
    void an_allow_whose_pattern_matches_the_call_allows_it() {
        assertThat(allows(statement("Allow", "execute-api:Invoke", ARN))).isTrue();
        assertThat(allows(statement("Allow", "execute-api:*", "arn:aws:execute-api:*/$connect")))
                .isTrue();
        assertThat(allows(statement("Allow", List.of("*"), new String[] {"x", "*"}))).isTrue();
    }

    @Test
    void an_allow_of_another_call_does_not_allow_it() {
        assertThat(allows(statement("Allow", "execute-api:Invoke", ARN + "x"))).isFalse();
        assertThat(allows(statement("Allow", "s3:GetObject", "*"))).isFalse();
        assertThat(allows()).isFalse();
    }

    @Test
    void a_deny_overrides_any_allow() {
        assertThat(allows(statement("Allow", "*", "*"), statement("Deny", "*", ARN))).isFalse();
        assertThat(allows(statement("Deny", "*", "other"), statement("Allow", "*", "*"))).isTrue();
    }

    @Test
    void conditions_get_their_strictest_interpretation() {
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
    void an_incomplete_policy_is_an_error() {
        assertThatThrownBy(() -> PolicyDecision.allows(Map.of(), ARN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> allows(Map.of("Effect", "Allow", "Action", "*")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
