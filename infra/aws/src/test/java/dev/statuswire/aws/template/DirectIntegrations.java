package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.aws.template.RestMethod.Integration;
import dev.statuswire.aws.template.RestMethod.Response;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Emulates integrations of type {@code AWS} with DynamoDB: one call with a mapping template before
 * and after it. The role of the integration must allow the call.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html">Set
 *     up an integration response</a>
 */
final class DirectIntegrations {

    private static final Pattern URI =
            Pattern.compile("arn:aws:apigateway:[^:]+:dynamodb:action/(\\w+)");
    private static final String DENIED =
            "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"denied\"}";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final StackDependencies deployed;

    DirectIntegrations(StackDependencies deployed) {
        this.deployed = deployed;
    }

    private record Answer(int status, String body) {}

    Reply answer(RestCall call) throws RefusedCallException, InterruptedException {
        Integration integration = call.method().integration();
        String template = integration.requestTemplates().get(call.call().mediaType());
        if (template == null) {
            throw new RefusedCallException("UNSUPPORTED_MEDIA_TYPE");
        }
        String request = run(template, call.call().body(), call);
        try {
            return mapped(call(integration, request), call);
        } catch (IOException unreachable) {
            throw new RefusedCallException("INTEGRATION_FAILURE");
        }
    }

    private Answer call(Integration integration, String request)
            throws IOException, InterruptedException {
        Matcher uri = URI.matcher(integration.uri());
        if (!uri.matches()) {
            throw new IllegalArgumentException("unsupported integration: " + integration.uri());
        }
        String action = uri.group(1);
        if (!isAllowed(integration.credentials(), action, request)) {
            return new Answer(400, DENIED);
        }
        String role = integration.credentials().replaceFirst(".*/", "");
        HttpResponse<String> answer =
                HTTP.send(
                        HttpRequest.newBuilder(deployed.network().dynamoDb(role))
                                .header("Content-Type", "application/x-amz-json-1.0")
                                .header("X-Amz-Target", "DynamoDB_20120810." + action)
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=local/20261121/us-east-1/"
                                                + "dynamodb/aws4_request, SignedHeaders=host,"
                                                + " Signature=0")
                                .POST(HttpRequest.BodyPublishers.ofString(request))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    /**
     * Returns whether the role allows the action. DynamoDB itself rejects a request that names no
     * table.
     */
    private boolean isAllowed(String role, String action, String request) {
        String table =
                Json.parse(request)
                        .map(it -> it.path("TableName"))
                        .map(JsonNode::asText)
                        .orElse("");
        return table.isEmpty()
                || deployed.policies()
                        .allows(
                                role,
                                "apigateway.amazonaws.com",
                                "dynamodb:" + action,
                                PhysicalNames.arn("dynamodb", "table/" + table));
    }

    private static Reply mapped(Answer answer, RestCall call) {
        Response response = select(call.method().integration(), answer.status());
        var overrides = new Overrides();
        call.context().put("responseOverride", overrides.variable());
        String body = run(response.template(), answer.body(), call);
        return Reply.of(
                overrides.statusOr(response.statusCode()),
                overrides.headersOver(response.headers()),
                body);
    }

    private static Response select(Integration integration, int status) {
        return integration.responses().stream()
                .filter(
                        it ->
                                it.pattern() != null
                                        && it.pattern().matcher(String.valueOf(status)).matches())
                .findFirst()
                .or(
                        () ->
                                integration.responses().stream()
                                        .filter(it -> it.pattern() == null)
                                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("no default integration response"));
    }

    private static String run(String template, String body, RestCall call) {
        return MappingTemplate.run(template, body, call.parameters(), call.context());
    }
}
