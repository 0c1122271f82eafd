package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.statuswire.emulator.function.FunctionDefinition;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.mapping.LaneQueue.Action;
import dev.statuswire.emulator.time.EmulatorTime;
import dev.statuswire.emulator.time.EmulatorWait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The handling of a batch after its invocation: the position, the retry, the discarded records.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>
 */
final class BatchInvokerTest {

    private static final Instant NOON = StreamRecords.NOON;
    private static final Duration SOON = Duration.ofMillis(100);

    private final ShardProgress progress = new ShardProgress();
    private final LaneQueue queue = new LaneQueue(100, Duration.ofHours(1));
    private final List<String> discarded = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Batch batch = StreamRecords.batch(1, 4);

    @Test
    void a_success_finishes_the_batch() {
        read();
        invoker(2, event -> null).invoke(batch, queue);
        assertThat(sizes).containsExactly(4);
        assertThat(position()).contains(4);
        assertThat(queue.next(NOON.plusSeconds(60))).isEqualTo(new Action.Idle());
        assertThat(discarded).isEmpty();
    }

    @Test
    void a_failed_invocation_is_retried_after_a_pause_and_the_position_stays() {
        read();
        invoker(2, thrower()).invoke(batch, queue);
        assertThat(position()).isEmpty();
        assertThat(queue.next(NOON)).isInstanceOf(Action.NotBefore.class);
        assertThatBothHalvesAreInvoked();
    }

    @Test
    void a_partial_failure_finishes_the_records_before_it_and_the_rest_is_retried() {
        read();
        invoker(2, event -> failing(event, 2)).invoke(batch, queue);
        assertThat(position()).contains(2);
        assertThat(queue.next(NOON.plus(SOON)))
                .isEqualTo(new Action.Invoke(batch.part(2, 4).afterUncountedFailure()));
    }

    @Test
    void a_response_that_cannot_be_serialized_is_a_failed_invocation() {
        read();
        invoker(2, event -> new Unwritable()).invoke(batch, queue);
        assertThat(position()).isEmpty();
        assertThatBothHalvesAreInvoked();
    }

    @Test
    void after_the_last_retry_the_record_is_reported_and_counts_as_finished() throws Exception {
        Batch single = batch.part(0, 1);
        progress.read(single.first().number(), single.first().bytes());
        invoker(0, thrower()).invoke(single, queue);
        assertThat(position()).contains(1);
        assertThat(queue.next(NOON.plusSeconds(60))).isEqualTo(new Action.Idle());
        JsonNode document = document();
        assertThat(document.at("/requestContext/condition").textValue())
                .isEqualTo("RetryAttemptsExhausted");
        assertThat(document.at("/requestContext/requestId").textValue()).hasSize(36);
        assertThat(document.at("/responseContext/functionError").textValue())
                .isEqualTo("Unhandled");
        assertThat(document.at("/DDBStreamBatchInfo/batchSize").intValue()).isEqualTo(1);
    }

    @Test
    void the_document_of_a_reported_record_has_no_function_error() throws Exception {
        Batch single = batch.part(3, 4);
        progress.read(single.first().number(), single.first().bytes());
        invoker(0, event -> failing(event, 0)).invoke(single, queue);
        assertThat(position()).contains(4);
        JsonNode document = document();
        assertThat(document.at("/responseContext/functionError").isNull()).isTrue();
        assertThat(document.at("/DDBStreamBatchInfo/batchSize").intValue()).isEqualTo(1);
        assertThat(document.at("/DDBStreamBatchInfo/startSequenceNumber").textValue())
                .isEqualTo(StreamRecords.text(4));
    }

    @Test
    void a_record_that_is_too_old_is_reported_without_an_invocation() throws Exception {
        read();
        invoker(0, thrower()).discard(batch, DiscardReason.RECORD_AGE_EXCEEDED);
        assertThat(sizes).isEmpty();
        assertThat(position()).contains(4);
        JsonNode document = document();
        assertThat(document.at("/requestContext/condition").textValue())
                .isEqualTo("RecordAgeExceeded");
        assertThat(document.at("/requestContext/requestId").isNull()).isTrue();
        assertThat(document.at("/requestContext/approximateInvokeCount").intValue()).isZero();
        assertThat(document.has("responseContext")).isFalse();
    }

    @Test
    void the_outcome_of_an_interrupted_invocation_is_ignored() {
        read();
        invoker(0, thrower(), true).invoke(batch, queue);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(position()).isEmpty();
        assertThat(queue.next(NOON.plusSeconds(60))).isEqualTo(new Action.Idle());
        assertThat(discarded).isEmpty();
    }

    private void assertThatBothHalvesAreInvoked() {
        assertThat(queue.next(NOON.plus(SOON)))
                .isEqualTo(new Action.Invoke(batch.part(0, 2).afterUncountedFailure()));
        assertThat(queue.next(NOON.plus(SOON)))
                .isEqualTo(new Action.Invoke(batch.part(2, 4).afterUncountedFailure()));
    }

    private void read() {
        batch.records().forEach(each -> progress.read(each.number(), each.bytes()));
    }

    private Optional<Integer> position() {
        return progress.position().map(at -> at.value().intValueExact());
    }

    private JsonNode document() throws Exception {
        assertThat(discarded).hasSize(1);
        return new JsonMapper().readTree(discarded.getFirst());
    }

    private static RequestHandler<DynamodbEvent, Object> handler(Response response) {
        return (event, context) -> response.to(event);
    }

    /** The function's response; may be null. */
    private interface Response {
        @Nullable Object to(DynamodbEvent event);
    }

    private static Response thrower() {
        return event -> {
            throw new IllegalStateException("on purpose");
        };
    }

    /** Reports the record at {@code index} as failed. */
    private static StreamsEventResponse failing(DynamodbEvent event, int index) {
        return new StreamsEventResponse(
                List.of(
                        new BatchItemFailure(
                                event.getRecords().get(index).getDynamodb().getSequenceNumber())));
    }

    private BatchInvoker invoker(int retries, Response response) {
        return invoker(retries, response, false);
    }

    private BatchInvoker invoker(int retries, Response response, boolean interrupting) {
        Thread lane = Thread.currentThread();
        FunctionDefinition<DynamodbEvent, Object> local =
                new FunctionDefinition<>(
                        "f",
                        DynamodbEvent.class,
                        handler(
                                event -> {
                                    sizes.add(event.getRecords().size());
                                    if (interrupting) {
                                        lane.interrupt();
                                    }
                                    return response.to(event);
                                }),
                        Duration.ofMinutes(1));
        InstantSource clock = InstantSource.fixed(NOON);
        return new BatchInvoker(
                new FunctionRuntime<>(local, clock),
                retries,
                progress,
                new FailureDestinationNotifier(
                        local.arn(), StreamRecords.ARN, "shard", discarded::add),
                new EmulatorTime(clock, new Random(1), EmulatorWait.REAL));
    }

    /** A bean that cannot be serialized. */
    public static final class Unwritable {
        public List<String> getBatchItemFailures() {
            throw new IllegalStateException("on purpose");
        }
    }
}
