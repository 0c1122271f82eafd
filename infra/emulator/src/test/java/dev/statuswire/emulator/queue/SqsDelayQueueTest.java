package dev.statuswire.emulator.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.time.EmulatorTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Calls the queue with the SDK's client. */
final class SqsDelayQueueTest {

    private final SqsDelayQueue queue =
            SqsDelayQueue.open(
                    new SqsQueueSettings(
                            "timers", Duration.ofMillis(1), Duration.ofMinutes(1), 10, 2),
                    EmulatorTime.STEADY);
    private final SqsClient client =
            SqsClient.builder()
                    .endpointOverride(queue.endpoint())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(
                            StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create("local", "local")))
                    .httpClientBuilder(ApacheHttpClient.builder())
                    .build();
    private final BlockingQueue<SQSMessage> received = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        queue.stop(Duration.ofSeconds(10));
    }

    private void start(int failures) {
        queue.start(
                new FunctionDefinition<>(
                        "timer",
                        SQSEvent.class,
                        (event, context) -> receive(event, failures),
                        Duration.ofMinutes(1)));
    }

    private Void receive(SQSEvent event, int failures) {
        List<SQSMessage> messages = event.getRecords();
        received.addAll(messages);
        if (received.size() <= failures) {
            throw new IllegalStateException("on purpose");
        }
        return null;
    }

    private void send(String body) {
        client.sendMessage(send -> send.queueUrl(queue.url()).messageBody(body).delaySeconds(0));
    }

    @Test
    void a_message_reaches_the_function_unchanged() throws Exception {
        start(0);

        send("é 𝄞 \"quoted\"");

        SQSMessage message = received.take();
        assertThat(message.getBody()).isEqualTo("é 𝄞 \"quoted\"");
        assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    }

    @Test
    void a_message_of_a_failed_invocation_is_redelivered() throws Exception {
        start(1);

        send("twice");

        SQSMessage first = received.take();
        SQSMessage again = received.take();
        assertThat(again.getMessageId()).isEqualTo(first.getMessageId());
        assertThat(again.getAttributes()).containsEntry("ApproximateReceiveCount", "2");
    }

    @Test
    void a_call_that_sqs_would_reject_is_rejected() {
        assertThatThrownBy(
                        () ->
                                client.sendMessage(
                                        send ->
                                                send.queueUrl(queue.url())
                                                        .messageBody("late")
                                                        .delaySeconds(901)))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("DelaySeconds");
        assertThatThrownBy(
                        () ->
                                client.sendMessage(
                                        send ->
                                                send.queueUrl(queue.url())
                                                        .messageBody("x".repeat(256 * 1024 + 1))))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("256 KiB");
        assertThatThrownBy(
                        () ->
                                client.sendMessage(
                                        send ->
                                                send.queueUrl(queue.endpoint() + "/0/other")
                                                        .messageBody("lost")))
                .isInstanceOf(QueueDoesNotExistException.class);
    }
}
