package dev.statuswire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import dev.statuswire.core.function.FunctionHost;
import dev.statuswire.core.time.SteadyClock;
import dev.statuswire.identity.testing.Issuer;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenAuthorizerTest {

    private static final String STAGE = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3/prod/";

    /** Shared by the tests that do not change it. */
    private static final Issuer ISSUER = new Issuer();

    private final SteadyClock steady = new SteadyClock();

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    private TokenAuthorizer authorizer(Issuer issuer) {
        return new TokenAuthorizer(
                new AccessTokenVerifier(
                        OidcSettings.of(issuer.address(), "statuswire"),
                        Issuer.PATIENT,
                        InstantSource.system(),
                        steady),
                FunctionHost.NONE);
    }

    @Test
    void bearer_of_a_valid_token_may_call_the_whole_stage_and_nothing_else() {
        IamPolicyResponse response =
                authorize("Bearer " + ISSUER.tokenOf("ada", "statuswire"), "PUT/requests/abc");

        assertThat(response.getPrincipalId()).isEqualTo("ada");
        assertThat(response.getPolicyDocument().get("Statement"))
                .isInstanceOfSatisfying(
                        Map[].class,
                        statements -> {
                            assertThat(statements).hasSize(1);
                            assertThat(statements[0].get("Effect")).isEqualTo("Allow");
                            assertThat(statements[0].get("Action")).isEqualTo("execute-api:Invoke");
                            assertThat((Object[]) statements[0].get("Resource"))
                                    .containsExactly(STAGE + "*");
                        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Basic abc", "Bearer abc", "Bearer a.b.c"})
    void anything_else_is_unauthorized(@Nullable String header) {
        assertThatThrownBy(() -> authorize(header, "GET/requests"))
                .hasMessage(TokenAuthorizer.UNAUTHORIZED);
    }

    @Test
    void token_for_another_audience_is_unauthorized() {
        String token = ISSUER.tokenOf("ada", "another");

        assertThatThrownBy(() -> authorize("Bearer " + token, "GET/requests"))
                .hasMessage(TokenAuthorizer.UNAUTHORIZED);
    }

    @Test
    void token_that_cannot_be_verified_does_not_get_401() {
        var issuer = new Issuer();
        String token = issuer.tokenOf("ada", "statuswire");
        issuer.close();

        assertThatThrownBy(() -> authorize(authorizer(issuer), "Bearer " + token, "GET/requests"))
                .hasMessageNotContaining(TokenAuthorizer.UNAUTHORIZED)
                .hasMessageContaining("keys");
    }

    @Test
    void keys_of_the_snapshot_are_used_while_the_issuer_is_unreachable_until_they_are_too_old() {
        var issuer = new Issuer();
        TokenAuthorizer authorizer = authorizer(issuer);
        String token = "Bearer " + issuer.tokenOf("ada", "statuswire");
        assertThat(authorizer.refusal(TokenAuthorizer.noOp(), context()))
                .isEqualTo(TokenAuthorizer.UNAUTHORIZED);
        issuer.close();

        steady.addSuspended(Issuer.PATIENT.outage().minusMinutes(1));
        assertThat(authorize(authorizer, token, "GET/requests").getPrincipalId()).isEqualTo("ada");

        steady.addSuspended(Issuer.PATIENT.kept().plus(Issuer.PATIENT.outage()));
        assertThatThrownBy(() -> authorize(authorizer, token, "GET/requests"))
                .hasMessageContaining("keys");
    }

    private IamPolicyResponse authorize(@Nullable String header, String method) {
        return authorize(authorizer(ISSUER), header, method);
    }

    private static IamPolicyResponse authorize(
            TokenAuthorizer authorizer, @Nullable String header, String method) {
        var event = new APIGatewayCustomAuthorizerEvent();
        event.setType("TOKEN");
        event.setAuthorizationToken(header);
        event.setMethodArn(STAGE + method);
        return authorizer.handleRequest(event, context());
    }

    private static Context context() {
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        List.of(Context.class).toArray(Class<?>[]::new),
                        (proxy, method, arguments) -> {
                            throw new AssertionError(method);
                        });
    }
}
