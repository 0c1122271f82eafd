package dev.statuswire.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/**
 * Reading a shard page by page, while iterators expire, records are trimmed and shards close or
 * disappear.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html">GetRecords</a>:
 *     {@code NextShardIterator} "is set to null" if "the shard has been closed and the requested
 *     iterator will not return any more data"
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html">GetShardIterator</a>:
 *     "A shard iterator expires 15 minutes after it is returned to the requester"
 */
final class ShardReaderTest {

    private static final String SHARD = "shard";

    private final FakeStream stream = new FakeStream();
    private final List<Integer> read = new ArrayList<>();

    @BeforeEach
    void open() {
        stream.open(SHARD, null).put(SHARD, "a", 1, 7);
    }

    @Test
    void pages_are_read_in_order_until_one_is_not_full() {
        ShardReader reader = reader();
        assertThat(reader.readOnce()).isTrue();
        assertThat(read).containsExactly(1, 2, 3);
        assertThat(reader.readOnce()).isTrue();
        assertThat(reader.readOnce()).as("a page that is not full").isFalse();
        assertThat(read).containsExactly(1, 2, 3, 4, 5, 6, 7);
        stream.put(SHARD, "a", 8, 8);
        assertThat(reader.readOnce()).isFalse();
        assertThat(read).endsWith(8).hasSize(8);
        assertThat(reader.isAtEnd()).isFalse();
        assertThat(stream.limits()).containsOnly(1000);
    }

    @Test
    void reading_starts_after_the_position() {
        drain(reader(5));
        assertThat(read).containsExactly(6, 7);
    }

    @Test
    void a_closed_shard_ends_after_its_last_record() {
        stream.shut(SHARD);
        ShardReader reader = reader();
        drain(reader);
        assertThat(read).containsExactlyElementsOf(numbers(1, 7));
        assertThat(reader.isAtEnd()).isTrue();
    }

    /**
     * DynamoDB Local may accept a last record after reading the page and before checking whether
     * the shard is closed.
     */
    @Test
    void a_record_written_just_before_the_shard_closed_is_not_missed() {
        stream.shut(SHARD);
        ShardReader reader = reader(7);
        assertThat(reader.readOnce()).isTrue();
        assertThat(reader.isAtEnd()).isFalse();
        stream.put(SHARD, "a", 8, 8);
        assertThat(reader.readOnce()).isTrue();
        assertThat(reader.isAtEnd()).as("not at the end: a record was read").isFalse();
        assertThat(reader.readOnce()).as("at the end").isFalse();
        assertThat(reader.isAtEnd()).isTrue();
        assertThat(read).containsExactly(8);
    }

    @Test
    void an_expired_iterator_is_replaced_by_one_after_the_last_record_read() {
        ShardReader reader = reader();
        reader.readOnce();
        stream.expireIterators();
        assertThat(reader.readOnce()).isTrue();
        drain(reader);
        assertThat(read).containsExactlyElementsOf(numbers(1, 7));
    }

    @Test
    void an_iterator_that_expires_before_the_first_record_is_replaced_at_the_start_position() {
        stream.failNextRead(ExpiredIteratorException.builder().build());
        drain(reader());
        assertThat(read).containsExactlyElementsOf(numbers(1, 7));
        read.clear();
        stream.failNextRead(ExpiredIteratorException.builder().build());
        drain(reader(5));
        assertThat(read).containsExactly(6, 7);
    }

    /**
     * {@code TrimmedDataAccessException} for a position.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html">TrimmedDataAccessException</a>:
     *     "You request a shard iterator with a sequence number older than the trim point"
     */
    @Test
    void after_a_trimmed_position_reading_continues_with_the_oldest_record() {
        stream.trim(SHARD, 4);
        ShardReader reader = reader(2);
        assertThat(reader.readOnce()).as("continues at once").isTrue();
        drain(reader);
        assertThat(read).containsExactly(5, 6, 7);
    }

    /** "… before you use the iterator in a GetRecords request, a stream record … is trimmed." */
    @Test
    void records_trimmed_behind_an_iterator_are_skipped() {
        ShardReader reader = reader();
        reader.readOnce();
        stream.trim(SHARD, 5);
        drain(reader);
        assertThat(read).containsExactly(1, 2, 3, 6, 7);
    }

    /** The shard may have records left, so this is not its end. */
    @Test
    void a_closed_shard_trimmed_while_it_is_read_is_read_from_its_new_start() {
        stream.shut(SHARD);
        stream.failNextRead(TrimmedDataAccessException.builder().build());
        ShardReader reader = reader();
        assertThat(reader.readOnce()).as("at the next poll").isFalse();
        assertThat(reader.isAtEnd()).isFalse();
        stream.trim(SHARD, 6);
        drain(reader);
        assertThat(read).containsExactly(7);
        assertThat(reader.isAtEnd()).isTrue();
    }

    @Test
    void a_closed_shard_without_records_ends() {
        stream.shut(SHARD);
        stream.trim(SHARD, 7);
        ShardReader reader = reader(3);
        drain(reader);
        assertThat(read).isEmpty();
        assertThat(reader.isAtEnd()).isTrue();
    }

    /** DynamoDB Local's response to a position whose record it has trimmed. */
    @Test
    void a_position_that_the_engine_rejects_as_invalid_was_trimmed() {
        ShardReader reader =
                new ShardReader(invalid("ValidationException"), SHARD, at(2), this::page);
        assertThat(reader.readOnce()).as("continues at once").isTrue();
        drain(reader);
        assertThat(read).containsExactlyElementsOf(numbers(1, 7));
    }

    @Test
    void other_errors_of_the_engine_are_thrown_and_the_next_read_continues() {
        ShardReader reader = reader(4);
        stream.failNextRead(InternalServerErrorException.builder().message("on purpose").build());
        assertThatThrownBy(reader::readOnce).isInstanceOf(InternalServerErrorException.class);
        drain(reader);
        assertThat(read).containsExactly(5, 6, 7);
    }

    @Test
    void a_position_rejected_for_another_reason_is_an_error() {
        ShardReader throttled = new ShardReader(invalid("Throttling"), SHARD, at(2), this::page);
        assertThatThrownBy(throttled::readOnce).isInstanceOf(DynamoDbException.class);
        ShardReader unknown = new ShardReader(invalid(null), SHARD, at(2), this::page);
        assertThatThrownBy(unknown::readOnce).isInstanceOf(DynamoDbException.class);
        assertThat(read).isEmpty();
    }

    @Test
    void a_shard_that_the_stream_no_longer_has_is_at_its_end() {
        ShardReader reader = reader();
        assertThat(reader.isAtEnd()).isFalse();
        reader.markGone();
        assertThat(reader.isAtEnd()).isTrue();
    }

    private ShardReader reader() {
        return new ShardReader(stream.source(), SHARD, Optional.empty(), this::page);
    }

    private ShardReader reader(int position) {
        return new ShardReader(stream.source(), SHARD, at(position), this::page);
    }

    private static Optional<SequenceNumber> at(int position) {
        return Optional.of(SequenceNumber.of(StreamRecords.text(position)));
    }

    private void page(List<Record> page) {
        page.forEach(record -> read.add(number(record)));
    }

    private static int number(Record record) {
        return Integer.parseInt(record.dynamodb().sequenceNumber());
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static void drain(ShardReader reader) {
        int polls = 0;
        while (!reader.isAtEnd() && reader.readOnce()) {
            assertThat(++polls).as("polls without an end").isLessThan(100);
        }
    }

    /** Returns a source that rejects every position. */
    private StreamSource invalid(@Nullable String code) {
        return stream.refusingPositions(
                DynamoDbException.builder()
                        .awsErrorDetails(
                                code == null
                                        ? null
                                        : AwsErrorDetails.builder().errorCode(code).build())
                        .build());
    }
}
