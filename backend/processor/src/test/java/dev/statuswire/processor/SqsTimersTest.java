package dev.statuswire.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.DueRequest;
import dev.statuswire.core.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

final class SqsTimersTest {

    private final ManualClock clock = new ManualClock();
    private final List<SendMessageRequest> sent = new ArrayList<>();
    private boolean failing;
    private final SqsTimers timers = new SqsTimers(new Recording(), "https://sqs/timers", clock);

    @Test
    void requests_that_are_due_in_the_same_second_share_a_message() {
        timers.set(List.of(due(1, 300), due(2, 1_000), due(3, 1_001), due(4, -5_000)));

        assertThat(sent).extracting(SendMessageRequest::delaySeconds).containsExactly(0, 1, 2);
        assertThat(sent)
                .extracting(it -> TimerMessage.read(it.messageBody()).orElseThrow())
                .containsExactly(
                        List.of(due(4, -5_000)),
                        List.of(due(1, 300), due(2, 1_000)),
                        List.of(due(3, 1_001)));
        assertThat(sent).allMatch(it -> it.queueUrl().equals("https://sqs/timers"));
    }

    @Test
    void delay_is_in_whole_seconds_and_never_too_short() {
        assertThat(
                        Stream.of(-5_000, 0, 1, 1_000, 1_001, 900_000)
                                .map(Duration::ofMillis)
                                .map(SqsTimers::delaySeconds))
                .containsExactly(0, 0, 1, 1, 2, 900);
    }

    @Test
    void request_that_is_due_later_than_sqs_allows_gets_no_timer() {
        timers.set(List.of(due(1, 900_000), due(2, 900_001)));

        assertThat(sent)
                .extracting(it -> TimerMessage.read(it.messageBody()).orElseThrow())
                .containsExactly(List.of(due(1, 900_000)));
    }

    @Test
    void no_message_is_larger_than_sqs_allows() {
        timers.set(IntStream.range(0, 1_000).mapToObj(n -> due(n, 500)).toList());

        assertThat(sent)
                .hasSize(4)
                .allMatch(it -> it.messageBody().length() < 256 * 1024)
                .flatExtracting(it -> TimerMessage.read(it.messageBody()).orElseThrow())
                .hasSize(1_000);
    }

    @Test
    void unreachable_queue_is_called_once_and_causes_no_error() {
        failing = true;

        timers.set(List.of(due(1, 1_000), due(2, 2_000)));

        assertThat(sent).hasSize(1);
    }

    private DueRequest due(int number, long inMillis) {
        return new DueRequest(
                new RequestKey("ada", "request-" + number), clock.instant().plusMillis(inMillis));
    }

    private final class Recording implements SqsClient {

        @Override
        public SendMessageResponse sendMessage(SendMessageRequest request) {
            sent.add(request);
            if (failing) {
                throw SdkClientException.create("unreachable");
            }
            return SendMessageResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
