package dev.statuswire.local.mapping;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/**
 * Reads one shard from a position on, page by page, until it is closed and at its end. Used by one
 * thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Reading
 *     and processing a stream</a>
 */
final class ShardReader {

    private static final Logger log = LoggerFactory.getLogger(ShardReader.class);

    private final StreamSource source;
    private final Consumer<List<Record>> pages;
    private Shard shard;
    private @Nullable SequenceNumber last;
    private @Nullable String iterator;
    private boolean endSeen;
    private boolean atEnd;

    /**
     * @param from the last record that is not wanted any more; empty for the shard's oldest on
     * @param pages gets the records of each page that has some, in order
     */
    ShardReader(
            StreamSource source,
            Shard shard,
            Optional<SequenceNumber> from,
            Consumer<List<Record>> pages) {
        this.source = source;
        this.shard = shard;
        this.last = from.orElse(null);
        this.pages = pages;
    }

    /** What a newer description says of the shard; empty once the stream no longer has it. */
    void describedAs(Optional<Shard> newer) {
        shard = newer.orElse(shard);
        if (newer.isEmpty() && !atEnd) {
            log.warn(
                    "{} is gone from the stream; what of it was not read after {} is lost",
                    shard.shardId(),
                    last);
            atEnd = true;
        }
    }

    /** Closed, and all its records read. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** Reads a page. Says whether to go on at once: there may be more. */
    boolean readOnce() {
        try {
            return take(source.read(iterator()));
        } catch (ExpiredIteratorException e) {
            log.debug(
                    "the iterator of {} expired; a new one goes on after {}",
                    shard.shardId(),
                    last);
            iterator = null;
            return true;
        } catch (TrimmedDataAccessException e) {
            return trimmed();
        } catch (InvalidPosition e) {
            return trimmed();
        }
    }

    private String iterator() {
        String current = iterator;
        if (current == null) {
            current = last == null ? source.fromTheStart(shard.shardId()) : after(last);
            iterator = current;
        }
        return current;
    }

    private String after(SequenceNumber position) {
        try {
            return source.after(shard.shardId(), position);
        } catch (DynamoDbException e) {
            if (e.awsErrorDetails() != null
                    && "ValidationException".equals(e.awsErrorDetails().errorCode())) {
                throw new InvalidPosition(e);
            }
            throw e;
        }
    }

    private boolean take(GetRecordsResponse page) {
        if (!page.records().isEmpty()) {
            pages.accept(page.records());
            last = SequenceNumber.of(page.records().getLast().dynamodb().sequenceNumber());
        }
        iterator = page.nextShardIterator();
        return iterator == null ? closed(page.records().isEmpty()) : !page.records().isEmpty();
    }

    /**
     * The end must show twice: between reading the records and looking whether the shard is closed,
     * DynamoDB Local lets a last record in, and closes it.
     */
    private boolean closed(boolean nothingRead) {
        atEnd = endSeen && nothingRead;
        endSeen = true;
        return !atEnd;
    }

    private boolean trimmed() {
        iterator = null;
        if (last != null) {
            log.warn(
                    "records of {} after {} are gone; the oldest one left is next",
                    shard.shardId(),
                    last);
            last = null;
            return true;
        }
        atEnd = shard.sequenceNumberRange().endingSequenceNumber() != null;
        return false;
    }

    /**
     * DynamoDB Local's way to say that a position's record is trimmed and the shard begins later
     * now.
     */
    private static final class InvalidPosition extends RuntimeException {

        private static final long serialVersionUID = 1;

        InvalidPosition(Throwable cause) {
            super(cause);
        }
    }
}
