package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Emulates Lambda proxy integrations.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations in API Gateway</a>
 */
final class ProxyIntegrations {

    private static final String PRINCIPAL = "apigateway.amazonaws.com";
    private static final Pattern URI =
            Pattern.compile(
                    "arn:aws:apigateway:[^:]+:lambda:path/2015-03-31/functions/(.+)/invocations");

    private final StackDependencies deployed;

    ProxyIntegrations(StackDependencies deployed) {
        this.deployed = deployed;
    }

    /** Returns the ARN of the function that an integration or an authorizer calls. */
    static String function(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new RejectedTemplateException("Invalid function ARN or invalid uri: " + uri);
        }
        return matcher.group(1);
    }

    Reply answer(RestCall call) throws IOException, InterruptedException, RefusedCallException {
        String arn = function(call.method().integration().uri());
        Functions.Result result =
                deployed.functions().invoke(PRINCIPAL, call.arn(), arn, Json.write(event(call)));
        JsonNode answer = Json.parse(result.payload()).orElseThrow();
        if (result.hasFailed() || !answer.path("statusCode").canConvertToInt()) {
            throw new RefusedCallException("INTEGRATION_FAILURE");
        }
        return reply(answer);
    }

    private static ObjectNode event(RestCall call) {
        Call sent = call.call();
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("resource", call.match().resourcePath());
        event.put("path", sent.path());
        event.put("httpMethod", sent.method());
        event.set("headers", Json.MAPPER.valueToTree(sent.lastHeaders()));
        event.set("multiValueHeaders", Json.MAPPER.valueToTree(sent.headers()));
        Map<String, List<String>> query = sent.parameters();
        if (query.isEmpty()) {
            event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
        } else {
            event.set(
                    "queryStringParameters",
                    Json.MAPPER.valueToTree(call.parameters().get("querystring")));
            event.set("multiValueQueryStringParameters", Json.MAPPER.valueToTree(query));
        }
        event.set("pathParameters", Json.MAPPER.valueToTree(call.match().parameters()));
        ObjectNode context = event.putObject("requestContext");
        for (String name :
                List.of("resourcePath", "httpMethod", "path", "stage", "requestId", "apiId")) {
            context.put(name, String.valueOf(call.context().get(name)));
        }
        context.put("requestTimeEpoch", (Long) call.context().get("requestTimeEpoch"));
        context.put("requestTime", String.valueOf(call.context().get("requestTime")));
        context.set("authorizer", Json.MAPPER.valueToTree(call.context().get("authorizer")));
        context.putObject("identity").put("sourceIp", "127.0.0.1");
        event.put("body", sent.body().isEmpty() ? null : sent.body());
        return event.put("isBase64Encoded", false);
    }

    private static Reply reply(JsonNode answer) {
        var headers = new LinkedHashMap<String, List<String>>();
        answer.path("headers")
                .properties()
                .forEach(it -> headers.put(name(it.getKey()), List.of(it.getValue().asText())));
        answer.path("multiValueHeaders")
                .properties()
                .forEach(
                        it ->
                                headers.put(
                                        name(it.getKey()),
                                        new ArrayList<>(RestMethod.texts(it.getValue()))));
        String body = answer.path("body").asText("");
        return new Reply(
                answer.path("statusCode").asInt(),
                headers,
                answer.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html">Important
     *     notes</a>: headers that API Gateway renames
     */
    private static String name(String header) {
        return header.equalsIgnoreCase("WWW-Authenticate") ? "x-amzn-Remapped-" + header : header;
    }
}
