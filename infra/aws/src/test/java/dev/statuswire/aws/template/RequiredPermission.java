package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.aws.template.CallRecorder.RecordedCall;
import dev.statuswire.core.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A permission that a call of an AWS service requires.
 *
 * @param caller the logical id of the function, or of the role of the integration
 * @param action with the prefix of its service
 * @param resource the ARN of the resource of the action
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html">Actions,
 *     resources, and condition keys for Amazon DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">IAM
 *     with DynamoDB transactions</a>: a transaction needs what its parts need
 */
record RequiredPermission(String caller, String action, String resource) {

    private static final Map<String, String> OF_A_TRANSACTION =
            Map.of(
                    "Put", "PutItem",
                    "Update", "UpdateItem",
                    "Delete", "DeleteItem",
                    "ConditionCheck", "ConditionCheckItem",
                    "Get", "GetItem");
    private static final Pattern INVOCATION =
            Pattern.compile("POST /2015-03-31/functions/([^/]+)/invocations");
    private static final Pattern CONNECTION =
            Pattern.compile("(?<method>\\S+) /(?<stage>[^/]+)/(?<rest>@connections/.+)");

    /**
     * @throws IllegalArgumentException if the required permissions of the call are unknown
     */
    static Stream<RequiredPermission> of(RecordedCall call) {
        return switch (call.service()) {
            case "dynamodb" -> ofDatabase(call, Json.parse(call.body()).orElseThrow());
            case "sqs" ->
                    Stream.of(
                            new RequiredPermission(
                                    call.caller(),
                                    "sqs:" + call.action(),
                                    PhysicalNames.arn("sqs", queue(call))));
            case "lambda" -> Stream.of(ofInvocation(call));
            default -> Stream.of(ofConnection(call));
        };
    }

    private static Stream<RequiredPermission> ofDatabase(RecordedCall call, JsonNode body) {
        return body.has("TransactItems")
                ? body.path("TransactItems")
                        .valueStream()
                        .flatMap(it -> it.properties().stream())
                        .map(
                                it ->
                                        ofDatabase(
                                                call.caller(),
                                                Objects.requireNonNull(
                                                        OF_A_TRANSACTION.get(it.getKey())),
                                                it.getValue()))
                : Stream.of(ofDatabase(call.caller(), call.action(), body));
    }

    private static RequiredPermission ofDatabase(String caller, String action, JsonNode body) {
        if (!body.has("TableName")) {
            throw new IllegalArgumentException("unsupported action: " + action);
        }
        String index = body.has("IndexName") ? "/index/" + body.path("IndexName").asText() : "";
        return new RequiredPermission(
                caller,
                "dynamodb:" + action,
                PhysicalNames.arn("dynamodb", "table/" + body.path("TableName").asText() + index));
    }

    private static String queue(RecordedCall call) {
        return Json.parse(call.body())
                .orElseThrow()
                .path("QueueUrl")
                .asText()
                .replaceFirst(".*/", "");
    }

    private static RequiredPermission ofInvocation(RecordedCall call) {
        Matcher parts = matched(INVOCATION, call.action());
        return new RequiredPermission(
                call.caller(),
                "lambda:InvokeFunction",
                URLDecoder.decode(parts.group(1), StandardCharsets.UTF_8));
    }

    private static RequiredPermission ofConnection(RecordedCall call) {
        Matcher parts =
                matched(CONNECTION, URLDecoder.decode(call.action(), StandardCharsets.UTF_8));
        String api = call.service().replaceFirst("\\..*", "");
        return new RequiredPermission(
                call.caller(),
                "execute-api:ManageConnections",
                PhysicalNames.arn(
                        "execute-api",
                        "%s/%s/%s/%s"
                                .formatted(
                                        api,
                                        parts.group("stage"),
                                        parts.group("method"),
                                        parts.group("rest"))));
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("unsupported text: " + text);
        }
        return matcher;
    }
}
