package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.statuswire.core.settings.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeployOptionsTest {

    @Test
    void defaults_are_those_of_a_trial_stack() {
        DeployOptions options = DeployOptions.from(new Environment(Map.of()));

        assertThat(options.stackName()).isEqualTo("statuswire-dev");
        assertThat(options.isTrial()).isTrue();
        assertThat(options.reservedConcurrency()).isTrue();
        assertThat(options.workers()).isEqualTo(100);
        assertThat(options.signUp()).isFalse();
        assertThat(options.firewall()).isFalse();
        assertThat(options.issuer()).isEmpty();
        assertThat(options.allowedOrigins()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "STATUSWIRE_STAGE,          Prod",
        "STATUSWIRE_STAGE,          prod_1",
        "STATUSWIRE_RETENTION_DAYS, 0",
        "STATUSWIRE_RETENTION_DAYS, week",
        "STATUSWIRE_WORKERS,        0",
        "STATUSWIRE_WORKERS,        many",
        "STATUSWIRE_LOGIN_PREFIX,   my-aws-login",
        "STATUSWIRE_ALARM_TOPIC,    alarms",
        "STATUSWIRE_BUDGET,         100",
        "STATUSWIRE_BUDGET,         much",
        "STATUSWIRE_BUDGET_EMAIL,   ops@example.com",
        "STATUSWIRE_CERTIFICATE,    arn:aws:acm:us-east-1:123456789012:certificate/x",
        "STATUSWIRE_OIDC_CLIENT_ID, page",
        "STATUSWIRE_FIREWALL,       yes",
        "STATUSWIRE_RETIRED_TYPES,  Place Order",
        "STATUSWIRE_ALLOWED_ORIGINS, https://shop.example.com/",
        "STATUSWIRE_DOMAIN,         status.example.com",
        "STATUSWIRE_OIDC_ISSUER,    https://id.example.com",
    })
    void invalid_or_incomplete_options_are_rejected(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeployOptions.from(new Environment(Map.of(name, value))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws-x", "laws", "my-amazon", "cognito"})
    void stage_that_cognito_rejects_requires_a_login_prefix_or_an_issuer(String stage) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                DeployOptions.from(
                                        new Environment(Map.of("STATUSWIRE_STAGE", stage))))
                .withMessageContainingAll("Cognito", "stage " + stage);

        assertThat(
                        DeployOptions.from(
                                        new Environment(
                                                Map.of(
                                                        "STATUSWIRE_STAGE",
                                                        stage,
                                                        "STATUSWIRE_LOGIN_PREFIX",
                                                        "our-login")))
                                .stage())
                .isEqualTo(stage);
        assertThat(
                        DeployOptions.from(
                                        new Environment(
                                                Map.of(
                                                        "STATUSWIRE_STAGE", stage,
                                                        "STATUSWIRE_OIDC_ISSUER",
                                                                "https://id.example.com",
                                                        "STATUSWIRE_OIDC_AUDIENCE", "work")))
                                .stage())
                .isEqualTo(stage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALLOWED_ORIGINS", "DOMAIN"})
    void domain_and_allowed_origins_require_cloudfront(String option) {
        Map<String, String> values =
                option.equals("DOMAIN")
                        ? Map.of(
                                "STATUSWIRE_CLOUDFRONT", "false",
                                "STATUSWIRE_CERTIFICATE",
                                        "arn:aws:acm:us-east-1:123456789012:certificate/x",
                                "STATUSWIRE_DOMAIN", "status.example.com")
                        : Map.of(
                                "STATUSWIRE_CLOUDFRONT", "false",
                                "STATUSWIRE_ALLOWED_ORIGINS", "https://shop.example.com");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeployOptions.from(new Environment(values)))
                .withMessageContaining("--no-cloudfront");
    }

    @ParameterizedTest
    @CsvSource({"0, ops@example.com", "100, ops"})
    void budget_requires_a_positive_amount_and_a_valid_address(String dollars, String email) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                DeployOptions.from(
                                        new Environment(
                                                Map.of(
                                                        "STATUSWIRE_BUDGET", dollars,
                                                        "STATUSWIRE_BUDGET_EMAIL", email))));
    }

    @Test
    void domain_requires_a_certificate() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                DeployOptions.from(
                                        new Environment(
                                                Map.of("STATUSWIRE_DOMAIN", "status.example.com"))))
                .withMessage(
                        "--domain (STATUSWIRE_DOMAIN) requires --certificate"
                                + " (STATUSWIRE_CERTIFICATE)");
    }

    @Test
    void gradual_deployments_can_be_switched_off_and_are_off_in_dev() {
        assertThat(DeployOptions.from(new Environment(Map.of())).isGradual()).isFalse();
        assertThat(
                        DeployOptions.from(new Environment(Map.of("STATUSWIRE_STAGE", "prod")))
                                .isGradual())
                .isTrue();
        assertThat(
                        DeployOptions.from(
                                        new Environment(
                                                Map.of(
                                                        "STATUSWIRE_STAGE", "prod",
                                                        "STATUSWIRE_GRADUAL", "false")))
                                .isGradual())
                .isFalse();
    }

    @Test
    void certificate_of_another_region_is_rejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new DeployOptions.OwnDomain(
                                        "status.example.com",
                                        "arn:aws:acm:eu-west-1:123456789012:certificate/x"))
                .withMessageContaining("us-east-1");
    }
}
