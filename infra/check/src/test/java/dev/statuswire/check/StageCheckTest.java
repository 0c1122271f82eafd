package dev.statuswire.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the checks of a stage: the local runtime, with faked AWS APIs for its stack. */
final class StageCheckTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final FakeAws aws = new FakeAws();

    @BeforeEach
    void deploy() {
        aws.outputs.put("Url", LocalRuntimes.withLogin().toString());
        aws.outputs.put("UserPool", "eu-west-1_pool");
        aws.outputs.put("CheckClient", LocalRuntimes.CHECK);
        aws.alarms.put("statuswire-dev-discarded", "OK");
        aws.alarms.put("statuswire-dev-api-5xx", "INSUFFICIENT_DATA");
        aws.tokenOf = user -> LocalRuntimes.issuer().tokenOf(user, LocalRuntimes.CHECK);
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private int run(Map<String, String> environment, TestUser.Factory users)
            throws InterruptedException {
        try (StageCheck check = aws.check(users)) {
            return check.run(
                    CheckSettings.from(environment),
                    new PrintStream(out, true, StandardCharsets.UTF_8));
        }
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void everything_passes_as_a_test_user_who_is_deleted_at_the_end() throws InterruptedException {
        int exitCode = run(Map.of("STATUSWIRE_CHECK_TYPES", "place-order"), TestUser::temporary);

        assertThat(lines()).noneMatch(line -> line.startsWith("FAIL") || line.startsWith("skip"));
        assertThat(lines())
                .anyMatch(line -> line.startsWith("ok   preflight           statuswire-dev is"))
                .anyMatch(
                        line -> line.startsWith("ok   alarms              2 alarms, none active"));
        assertThat(exitCode).isZero();
        assertThat(aws.calls())
                .containsSubsequence(
                        "AdminCreateUser",
                        "AdminSetUserPassword",
                        "AdminInitiateAuth",
                        "AdminDeleteUser");
        assertThat(aws.passwords).isEmpty();
    }

    /** Problems of the stack itself are found without submitting a request. */
    @Test
    void active_alarm_and_failed_deployment_are_detected_and_the_user_is_deleted()
            throws InterruptedException {
        aws.alarms.put("statuswire-dev-discarded", "ALARM");
        aws.stackStatus = "UPDATE_ROLLBACK_COMPLETE";

        int exitCode = run(Map.of("STATUSWIRE_CHECK_TYPES", "no-such-type"), TestUser::temporary);

        assertThat(lines())
                .anyMatch(
                        line ->
                                line.startsWith("FAIL alarms")
                                        && line.contains("got statuswire-dev-discarded"))
                .anyMatch(
                        line ->
                                line.startsWith("FAIL preflight")
                                        && line.contains("UPDATE_ROLLBACK_COMPLETE"));
        assertThat(exitCode).isEqualTo(2);
        assertThat(aws.calls()).contains("AdminDeleteUser");
        assertThat(aws.passwords).isEmpty();
    }

    @Test
    void user_of_a_canary_is_created_once_and_kept() throws InterruptedException {
        for (int runs = 0; runs < 2; runs++) {
            run(Map.of("STATUSWIRE_CHECK_TYPES", "no-such-type"), TestUser::kept);
        }

        assertThat(lines().stream().filter(line -> line.startsWith("ok   login"))).hasSize(2);
        assertThat(aws.passwords).containsOnlyKeys("statuswire-canary@example.com");
        assertThat(aws.calls()).doesNotContain("AdminDeleteUser");
    }

    @Test
    void stage_without_a_client_for_checks_names_the_option() throws InterruptedException {
        aws.outputs.remove("CheckClient");

        int exitCode = run(Map.of(), TestUser::temporary);

        assertThat(exitCode).isEqualTo(2);
        assertThat(lines())
                .anyMatch(line -> line.startsWith("FAIL login") && line.contains("--check-client"));
        assertThat(aws.calls()).doesNotContain("AdminCreateUser");
    }

    @Test
    void given_token_is_used_without_creating_a_user() throws InterruptedException {
        int exitCode =
                run(
                        Map.of(
                                "STATUSWIRE_CHECK_TYPES",
                                "no-such-type",
                                "STATUSWIRE_CHECK_TOKEN",
                                LocalRuntimes.issuer().tokenOf("ada", LocalRuntimes.PAGE)),
                        TestUser::temporary);

        assertThat(lines()).anyMatch(line -> line.startsWith("ok   login"));
        assertThat(exitCode).isEqualTo(2);
        assertThat(aws.calls()).doesNotContain("AdminCreateUser");
    }

    @Test
    void undeployed_stage_is_reported() {
        assertThatThrownBy(() -> run(Map.of("STATUSWIRE_STAGE", "prod"), TestUser::temporary))
                .isInstanceOf(MissingSettingException.class)
                .hasMessageContaining("statuswire-prod")
                .hasMessageContaining("There is no such stack");
    }
}
