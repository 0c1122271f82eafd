package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.statuswire.emulator.function.FunctionRuntime;
import dev.statuswire.emulator.function.LocalFunction;
import dev.statuswire.emulator.mapping.LaneQueue.Turn;
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
 * What becomes of a batch after its invocation: the position, the retry, the discarded records.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retain
 *     discarded records</a>
 */
final class BatchInvokerTest {

    private static final Instant NOON = StreamRecords.NOON;
    private static final Duration SOON = Duration.ofMillis(100);

    private final ShardProgress progress = new ShardProgress();
    private final LaneQueue work = new LaneQueue(100, Duration.ofHours(1));
    private final List<String> discarded = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Batch batch = StreamRecords.batch(1, 4);

    @Test
    void success_finishes_the_batch() {
        read();
        steps(2, event -> null).invoke(batch, work);
        assertThat(sizes).containsExactly(4);
        assertThat(position()).contains(4);
        assertThat(work.next(NOON.plusSeconds(60))).isEqualTo(new Turn.Idle());
        assertThat(discarded).isEmpty();
    }

    @Test
    void failed_invocation_is_due_again_after_a_pause_and_the_position_stays() {
        read();
        steps(2, thrower()).invoke(batch, work);
        assertThat(position()).isEmpty();
        assertThat(work.next(NOON)).isInstanceOf(Turn.NotBefore.class);
        assertThatBothHalvesAreInvoked();
    }

    @Test
    void partial_failure_finishes_what_was_before_it_and_the_rest_is_due_again() {
        read();
        steps(2, event -> failing(event, 2)).invoke(batch, work);
        assertThat(position()).contains(2);
        assertThat(work.next(NOON.plus(SOON)))
                .isEqualTo(new Turn.Invoke(batch.part(2, 4).triedFree()));
    }

    @Test
    void response_that_cannot_be_written_as_json_is_a_failed_invocation() {
        read();
        steps(2, event -> new Unwritable()).invoke(batch, work);
        assertThat(position()).isEmpty();
        assertThatBothHalvesAreInvoked();
    }

    @Test
    void after_the_last_retry_of_a_thrower_the_record_is_told_of_and_counts_as_finished()
            throws Exception {
        Batch single = batch.part(0, 1);
        progress.read(single.first().number(), single.first().bytes());
        steps(0, thrower()).invoke(single, work);
        assertThat(position()).contains(1);
        assertThat(work.next(NOON.plusSeconds(60))).isEqualTo(new Turn.Idle());
        JsonNode document = document();
        assertThat(document.at("/requestContext/condition").textValue())
                .isEqualTo("RetryAttemptsExhausted");
        assertThat(document.at("/requestContext/requestId").textValue()).hasSize(36);
        assertThat(document.at("/responseContext/functionError").textValue())
                .isEqualTo("Unhandled");
        assertThat(document.at("/DDBStreamBatchInfo/batchSize").intValue()).isEqualTo(1);
    }

    @Test
    void after_the_last_retry_of_a_reported_record_the_document_says_that_nothing_threw()
            throws Exception {
        Batch single = batch.part(3, 4);
        progress.read(single.first().number(), single.first().bytes());
        steps(0, event -> failing(event, 0)).invoke(single, work);
        assertThat(position()).contains(4);
        JsonNode document = document();
        assertThat(document.at("/responseContext/functionError").isNull()).isTrue();
        assertThat(document.at("/DDBStreamBatchInfo/batchSize").intValue()).isEqualTo(1);
        assertThat(document.at("/DDBStreamBatchInfo/startSequenceNumber").textValue())
                .isEqualTo(StreamRecords.text(4));
    }

    @Test
    void what_grew_too_old_is_told_of_without_an_invocation() throws Exception {
        read();
        steps(0, thrower()).discard(batch, DiscardReason.RECORD_AGE_EXCEEDED);
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
    void interrupted_invocation_settles_nothing() {
        read();
        steps(0, thrower(), true).invoke(batch, work);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(position()).isEmpty();
        assertThat(work.next(NOON.plusSeconds(60))).isEqualTo(new Turn.Idle());
        assertThat(discarded).isEmpty();
    }

    private void assertThatBothHalvesAreInvoked() {
        assertThat(work.next(NOON.plus(SOON)))
                .isEqualTo(new Turn.Invoke(batch.part(0, 2).triedFree()));
        assertThat(work.next(NOON.plus(SOON)))
                .isEqualTo(new Turn.Invoke(batch.part(2, 4).triedFree()));
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

    private static RequestHandler<DynamodbEvent, Object> handler(Answer answer) {
        return (event, context) -> answer.to(event);
    }

    /** What the function answers; null for nothing. */
    private interface Answer {
        @Nullable Object to(DynamodbEvent event);
    }

    private static Answer thrower() {
        return event -> {
            throw new IllegalStateException("on purpose");
        };
    }

    /** Reports the record at {@code index}. */
    private static StreamsEventResponse failing(DynamodbEvent event, int index) {
        return new StreamsEventResponse(
                List.of(
                        new BatchItemFailure(
                                event.getRecords().get(index).getDynamodb().getSequenceNumber())));
    }

    private BatchInvoker steps(int retries, Answer answer) {
        return steps(retries, answer, false);
    }

    private BatchInvoker steps(int retries, Answer answer, boolean interrupting) {
        Thread lane = Thread.currentThread();
        LocalFunction<DynamodbEvent, Object> local =
                new LocalFunction<>(
                        "f",
                        DynamodbEvent.class,
                        handler(
                                event -> {
                                    sizes.add(event.getRecords().size());
                                    if (interrupting) {
                                        lane.interrupt();
                                    }
                                    return answer.to(event);
                                }),
                        Duration.ofMinutes(1));
        InstantSource clock = InstantSource.fixed(NOON);
        return new BatchInvoker(
                new FunctionRuntime<>(local, clock),
                retries,
                progress,
                new DiscardedBatches(local.arn(), StreamRecords.ARN, "shard", discarded::add),
                new EmulatorTime(clock, new Random(1), EmulatorWait.REAL));
    }

    /** A bean that fails when it is asked. */
    public static final class Unwritable {
        public List<String> getBatchItemFailures() {
            throw new IllegalStateException("on purpose");
        }
    }
}
