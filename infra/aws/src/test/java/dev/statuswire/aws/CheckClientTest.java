package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.settings.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** Checks the resources of a stage with which {@code ./deploy --check} logs in. */
final class CheckClientTest {

    private static final String CLIENT = "AWS::Cognito::UserPoolClient";
    private static final String CHECK = "LoginCheck";

    private final Synthesized stack = Synthesized.withCognito();

    /**
     * Anyone can call {@code InitiateAuth}; only administrators can call {@code AdminInitiateAuth}.
     */
    @Test
    void only_administrators_can_log_in_with_the_client() {
        JsonNode client = stack.one(CLIENT, CHECK);

        assertThat(client.path("ExplicitAuthFlows"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH");
        assertThat(client.path("AllowedOAuthFlowsUserPoolClient").asBoolean(true)).isFalse();
    }

    @Test
    void page_does_not_request_the_scope_of_the_client() {
        assertThat(stack.one(CLIENT, "LoginPage").path("AllowedOAuthScopes").toString())
                .isEqualTo("[\"openid\"]");
    }

    @Test
    void gateway_and_api_accept_tokens_of_the_client() {
        assertThat(stack.properties("AWS::ApiGateway::Method"))
                .filteredOn(method -> method.has("AuthorizationScopes"))
                .isNotEmpty()
                .allMatch(
                        method ->
                                method.path("AuthorizationScopes")
                                        .toString()
                                        .equals("[\"openid\",\"aws.cognito.signin.user.admin\"]"));
        JsonNode variables =
                stack.one("AWS::Lambda::Function", "FunctionsApi").at("/Environment/Variables");
        assertThat(variables.path("STATUSWIRE_OIDC_AUDIENCE").toString())
                .contains("LoginPage", ",", CHECK);
        assertThat(variables.path("STATUSWIRE_OIDC_CLIENT_ID").toString())
                .contains("LoginPage")
                .doesNotContain(CHECK);
    }

    @Test
    void check_finds_the_client_in_the_outputs() {
        assertThat(stack.template().at("/Outputs/CheckClient/Value/Ref").asText())
                .startsWith(CHECK);
        assertThat(stack.template().at("/Outputs").properties())
                .extracting(Map.Entry::getKey)
                .contains("Url", "UserPool");
    }

    @Test
    void stage_other_than_dev_has_the_client_only_if_requested() {
        assertThat(login(Map.of("STATUSWIRE_STAGE", "prod")).checkClientId()).isEmpty();
        assertThat(login(Map.of("STATUSWIRE_STAGE", "prod")).scopes()).containsExactly("openid");
        assertThat(
                        login(Map.of("STATUSWIRE_STAGE", "prod", "STATUSWIRE_CHECK_CLIENT", "true"))
                                .checkClientId())
                .isPresent();
    }

    private static CognitoLogin login(Map<String, String> environment) {
        return new CognitoLogin(
                new Stack(new App(), "login"), DeployOptions.from(new Environment(environment)));
    }
}
