package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Emulates Cognito and Lambda {@code TOKEN} authorizers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html">Control
 *     access to REST APIs using Amazon Cognito user pools as an authorizer</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html">Use
 *     API Gateway Lambda authorizers</a>
 */
final class RestAuthorizers {

    private final StackDependencies deployed;
    private final String apiId;
    private final Map<String, JsonNode> trusted = new ConcurrentHashMap<>();

    RestAuthorizers(StackDependencies deployed, String apiId) {
        this.deployed = deployed;
        this.apiId = apiId;
    }

    /** Stores the caller in {@code $context.authorizer}. */
    void authorize(RestCall call) throws RefusedCallException, IOException, InterruptedException {
        if (call.method().isOpen()) {
            return;
        }
        Resource authorizer =
                deployed.template()
                        .named(
                                "AWS::ApiGateway::Authorizer",
                                PhysicalNames.REF,
                                call.method().authorizerId());
        String source = authorizer.text("IdentitySource").replaceFirst(".*\\.", "");
        String token =
                call.call()
                        .header(source)
                        .orElseThrow(() -> new RefusedCallException("UNAUTHORIZED"));
        Map<String, Object> caller =
                switch (call.method().authorization()) {
                    case "COGNITO_USER_POOLS" -> cognito(authorizer, token, call);
                    case "CUSTOM" -> lambda(authorizer, token, call);
                    default ->
                            throw new IllegalArgumentException(
                                    "unsupported authorization: " + call.method().authorization());
                };
        call.context().put("authorizer", caller);
    }

    /**
     * With scopes, accepts access tokens that have one of them; without scopes, accepts ID tokens.
     */
    private Map<String, Object> cognito(Resource authorizer, String token, RestCall call)
            throws RefusedCallException {
        String pool = authorizer.get("ProviderARNs").path(0).asText().replaceFirst(".*/", "");
        Map<String, Object> claims =
                deployed.network()
                        .issuer()
                        .claims(token.replaceFirst("^Bearer ", ""), pool)
                        .orElseThrow(() -> new RefusedCallException("UNAUTHORIZED"));
        boolean isFit =
                call.method().scopes().isEmpty()
                        ? "id".equals(claims.get("token_use"))
                        : Arrays.stream(String.valueOf(claims.get("scope")).split(" ", -1))
                                .anyMatch(call.method().scopes()::contains);
        if (!isFit) {
            throw new RefusedCallException("UNAUTHORIZED");
        }
        return Map.of("claims", claims);
    }

    private Map<String, Object> lambda(Resource authorizer, String token, RestCall call)
            throws RefusedCallException, IOException, InterruptedException {
        String expression = authorizer.text("IdentityValidationExpression");
        if (!expression.isEmpty() && !token.matches(expression)) {
            throw new RefusedCallException("UNAUTHORIZED");
        }
        JsonNode policy = trusted.get(token);
        if (policy == null) {
            policy = asked(authorizer, token, call);
            if (authorizer.get("AuthorizerResultTtlInSeconds").asInt(300) > 0) {
                trusted.put(token, policy);
            }
        }
        if (!allows(policy, call.arn())) {
            throw new RefusedCallException("ACCESS_DENIED");
        }
        var caller = new HashMap<String, Object>(RestMethod.map(policy.path("context")));
        caller.put("principalId", policy.path("principalId").asText());
        return caller;
    }

    private JsonNode asked(Resource authorizer, String token, RestCall call)
            throws RefusedCallException, IOException, InterruptedException {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("type", authorizer.text("Type"))
                .put("authorizationToken", token)
                .put("methodArn", call.arn());
        String source =
                PhysicalNames.arn("execute-api", apiId)
                        + "/authorizers/"
                        + deployed.template().ref(authorizer);
        Functions.Result result =
                deployed.functions()
                        .invoke(
                                "apigateway.amazonaws.com",
                                source,
                                ProxyIntegrations.function(authorizer.text("AuthorizerUri")),
                                Json.write(event));
        JsonNode answer = Json.parse(result.payload()).orElseThrow();
        if (result.hasFailed()) {
            throw new RefusedCallException(
                    answer.path("errorMessage").asText().equals("Unauthorized")
                            ? "UNAUTHORIZED"
                            : "AUTHORIZER_FAILURE");
        }
        return answer;
    }

    private static boolean allows(JsonNode policy, String arn) {
        return Optional.of(policy.path("policyDocument").path("Statement")).stream()
                .flatMap(JsonNode::valueStream)
                .filter(it -> it.path("Effect").asText().equals("Allow"))
                .flatMap(it -> it.path("Resource").valueStream())
                .anyMatch(it -> Policies.wildcards(it.asText()).matcher(arn).matches());
    }
}
