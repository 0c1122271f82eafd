package dev.statuswire.tests.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.identity.TokenAuthorizer;
import dev.statuswire.identity.testing.Issuer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The authorizer as Lambda runs it, with API Gateway's events. */
final class IdentityZipTest {

    private static final String STAGE =
            "arn:aws:execute-api:us-east-1:123456789012:abcdef123/prod/";
    private static final Issuer ISSUER = new Issuer();

    @RegisterExtension static final Functions FUNCTIONS = new Functions(Zip.IDENTITY);

    private static final Function AUTHORIZER =
            FUNCTIONS.start(
                    TokenAuthorizer.class,
                    Map.of(
                            "STATUSWIRE_OIDC_ISSUER",
                            ISSUER.address().toString(),
                            "STATUSWIRE_OIDC_AUDIENCE",
                            "statuswire"));

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    @Test
    void valid_token_is_allowed_as_its_subject() {
        JsonNode policy =
                Json.parse(AUTHORIZER.returned(event(ISSUER.tokenOf("ada", "statuswire"))))
                        .orElseThrow();

        assertThat(policy.path("principalId").asText()).isEqualTo("ada");
        JsonNode statement = policy.at("/policyDocument/Statement/0");
        assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
        assertThat(statement.path("Resource").get(0).asText()).isEqualTo(STAGE + "*");
    }

    @Test
    void token_for_another_audience_is_unauthorized() {
        assertThat(AUTHORIZER.failed(event(ISSUER.tokenOf("ada", "another"))).json())
                .contains("\"errorMessage\":\"Unauthorized\"");
    }

    @Test
    void daily_event_is_handled_although_it_has_no_token() {
        assertThat(AUTHORIZER.returned(Functions.keepActive())).isEqualTo("null");
    }

    private static String event(String token) {
        return Json.MAPPER
                .createObjectNode()
                .put("type", "TOKEN")
                .put("authorizationToken", "Bearer " + token)
                .put("methodArn", STAGE + "GET/requests")
                .toString();
    }
}
