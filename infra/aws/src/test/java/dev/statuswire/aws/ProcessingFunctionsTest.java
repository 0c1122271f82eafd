package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks how functions receive work other than from streams. */
final class ProcessingFunctionsTest {

    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String QUEUE = "AWS::SQS::Queue";

    private final Synthesized dev = Synthesized.withCognito();
    private final Synthesized prod = Synthesized.withOwnIssuer();

    @Test
    void worker_s_events_are_dropped_silently_after_a_minute() {
        JsonNode config = dev.one("AWS::Lambda::EventInvokeConfig", "FunctionsWorker");

        assertThat(config.path("MaximumRetryAttempts").asInt(-1)).isZero();
        assertThat(config.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(60);
        assertThat(config.has("DestinationConfig")).isFalse();
    }

    @Test
    void option_limits_the_number_of_workers() {
        assertThat(prod.one(FUNCTION, "FunctionsWorker").path("ReservedConcurrentExecutions"))
                .hasToString("7");
    }

    @Test
    void timers_fire_in_batches_and_again_if_their_function_fails() {
        JsonNode queue = dev.one(QUEUE, "WorkTimers");
        assertThat(queue.path("MessageRetentionPeriod").asInt())
                .as("longer than the longest delay")
                .isGreaterThan(900);
        assertThat(queue.path("VisibilityTimeout").asInt())
                .as("six times the time-out, as AWS recommends")
                .isEqualTo(6 * dev.one(FUNCTION, "FunctionsTimer").path("Timeout").asInt());

        JsonNode mapping = dev.one("AWS::Lambda::EventSourceMapping", "WorkMappingsTimers");
        assertThat(mapping.at("/EventSourceArn/Fn::GetAtt/0").asText()).startsWith("WorkTimers");
        assertThat(mapping.path("FunctionName").toString()).contains("FunctionsTimer");
        assertThat(mapping.path("BatchSize").asInt()).isEqualTo(10);
        assertThat(mapping.at("/ScalingConfig/MaximumConcurrency").asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"FunctionsProcessor", "FunctionsSweeper", "FunctionsTimer"})
    void functions_that_set_timers_know_the_queue_and_may_send_to_it(String function) {
        assertThat(
                        dev.one(FUNCTION, function)
                                .at("/Environment/Variables/STATUSWIRE_TIMERS_QUEUE/Ref")
                                .asText())
                .startsWith("WorkTimers");
        assertThat(actionsOnTimers(function)).contains("sqs:SendMessage");
    }

    @Test
    void only_the_timer_function_may_receive_timers() {
        assertThat(actionsOnTimers("FunctionsTimer"))
                .contains("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");
        assertThat(actionsOnTimers("FunctionsProcessor")).containsExactly("sqs:SendMessage");
        assertThat(actionsOnTimers("FunctionsSweeper")).containsExactly("sqs:SendMessage");
        assertThat(actionsOnTimers("FunctionsWorker")).isEmpty();
    }

    private List<String> actionsOnTimers(String function) {
        return dev.one("AWS::IAM::Role", function + "Role")
                .path("Policies")
                .valueStream()
                .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
                .filter(statement -> statement.path("Resource").toString().contains("WorkTimers"))
                .flatMap(statement -> texts(statement.path("Action")))
                .toList();
    }

    private static Stream<String> texts(JsonNode oneOrMore) {
        return oneOrMore.isTextual()
                ? Stream.of(oneOrMore.asText())
                : oneOrMore.valueStream().map(JsonNode::asText);
    }

    @Test
    void offer_that_waited_for_five_minutes_raises_the_alarm_and_a_retry_does_not() {
        JsonNode alarm = dev.one("AWS::CloudWatch::Alarm", "OperationsAlarmsunfinishedtooold");

        assertThat(alarm.path("MetricName").asText()).isEqualTo("unclaimed");
        assertThat(alarm.path("Statistic").asText()).isEqualTo("Maximum");
        assertThat(alarm.path("Threshold").asInt()).isEqualTo(300_000);
        assertThat(alarm.path("EvaluationPeriods").asInt()).isEqualTo(1);
        assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
    }
}
