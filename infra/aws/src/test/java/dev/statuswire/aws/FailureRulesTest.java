package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that records and events that Lambda cannot process are stored in full, and that operators
 * are notified.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records for a DynamoDB event source</a>: to S3, Lambda sends the records too; the
 *     function's role needs {@code s3:PutObject} and {@code s3:ListBucket}
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Retain
 *     records of asynchronous invocations</a>: the same permissions
 */
final class FailureRulesTest {

    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void each_function_with_a_destination_may_put_objects_there(Synthesized stack) {
        List<JsonNode> sources =
                Stream.of("AWS::Lambda::EventSourceMapping", "AWS::Lambda::EventInvokeConfig")
                        .flatMap(type -> stack.properties(type).stream())
                        .filter(it -> it.has("DestinationConfig"))
                        .toList();

        assertThat(sources).hasSize(3);
        for (JsonNode source : sources) {
            String bucket =
                    source.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0").asText();
            assertThat(stack.resources("AWS::S3::Bucket")).containsKey(bucket);
            assertThat(allowed(stack, source, "s3:PutObject"))
                    .singleElement()
                    .satisfies(it -> assertThat(it.toString()).contains(bucket, "/aws/lambda/*"));
            assertThat(allowed(stack, source, "s3:ListBucket"))
                    .singleElement()
                    .satisfies(it -> assertThat(it.at("/Fn::GetAtt/0").asText()).isEqualTo(bucket));
        }
    }

    /** Returns the resources on which the function's role allows an action. */
    private static List<JsonNode> allowed(Synthesized stack, JsonNode source, String action) {
        String name = source.path("FunctionName").toString();
        JsonNode function =
                stack.resources("AWS::Lambda::Function").entrySet().stream()
                        .filter(
                                it ->
                                        name.contains("\"" + it.getKey() + "\"")
                                                || ofAlias(stack, name, it.getKey()))
                        .map(it -> it.getValue())
                        .findFirst()
                        .orElseThrow();
        String role = function.at("/Properties/Role/Fn::GetAtt/0").asText();
        var resources = new ArrayList<JsonNode>();
        stack.one("AWS::IAM::Role", role)
                .at("/Policies/0/PolicyDocument/Statement")
                .forEach(
                        it -> {
                            if (it.path("Action").toString().contains("\"" + action + "\"")) {
                                resources.add(it.path("Resource"));
                            }
                        });
        return resources;
    }

    private static boolean ofAlias(Synthesized stack, String name, String function) {
        return stack.resources("AWS::Lambda::Alias").entrySet().stream()
                .anyMatch(
                        it ->
                                name.contains("\"" + it.getKey() + "\"")
                                        && it.getValue()
                                                .at("/Properties/FunctionName/Ref")
                                                .asText()
                                                .equals(function));
    }

    /**
     * AWS documents this rule.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html">Using
     *     EventBridge with S3</a>: events are sent once that is on for the bucket
     */
    @ParameterizedTest
    @MethodSource("dev.statuswire.aws.Synthesized#both")
    void queue_of_the_alarm_receives_a_message_for_each_record(Synthesized stack) {
        JsonNode bucket = stack.one("AWS::S3::Bucket", "OnFailure");
        JsonNode rule = stack.one("AWS::Events::Rule", "OnFailure");
        String queue = rule.at("/Targets/0/Arn/Fn::GetAtt/0").asText();

        assertThat(bucket.at("/NotificationConfiguration/EventBridgeConfiguration").toString())
                .isEqualTo("{\"EventBridgeEnabled\":true}");
        assertThat(rule.at("/EventPattern/detail-type/0").asText()).isEqualTo("Object Created");
        assertThat(rule.at("/EventPattern/detail/bucket/name/0/Ref").asText())
                .startsWith("OnFailureRecords");
        assertThat(stack.one("AWS::SQS::QueuePolicy", "OnFailure").toString())
                .contains("events.amazonaws.com", "sqs:SendMessage", "OnFailureTold");
        assertThat(stack.properties("AWS::CloudWatch::Alarm"))
                .filteredOn(it -> it.path("AlarmName").asText().endsWith("-discarded"))
                .singleElement()
                .satisfies(it -> assertThat(it.path("Dimensions").toString()).contains(queue));
        assertThat(bucket.at("/LifecycleConfiguration/Rules/0/ExpirationInDays").asInt())
                .isEqualTo(14);
    }
}
