package dev.statuswire.emulator.mapping;

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
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/**
 * Reads one shard page by page, from a position to the end of the closed shard. Used by one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Reading
 *     and processing a stream</a>
 */
final class ShardReader {

    private static final Logger log = LoggerFactory.getLogger(ShardReader.class);

    private final StreamSource source;
    private final Consumer<List<Record>> pages;
    private final String shardId;
    private @Nullable SequenceNumber last;
    private @Nullable String iterator;
    private boolean endSeen;
    private boolean atEnd;

    /**
     * @param from the position after which to read; empty to start at the shard's oldest record
     * @param pages receives the records of each non-empty page, in order
     */
    ShardReader(
            StreamSource source,
            String shardId,
            Optional<SequenceNumber> from,
            Consumer<List<Record>> pages) {
        this.source = source;
        this.shardId = shardId;
        this.last = from.orElse(null);
        this.pages = pages;
    }

    /** Called when the stream no longer has the shard. Ends reading. */
    void markGone() {
        if (!atEnd) {
            log.warn(
                    "shard {} is gone from the stream; its unread records after {} are lost",
                    shardId,
                    last);
            atEnd = true;
        }
    }

    /** Returns whether the shard is closed and fully read, or gone. */
    boolean isAtEnd() {
        return atEnd;
    }

    /**
     * Reads a page. Returns whether to continue reading at once, because there may be more records.
     */
    boolean readOnce() {
        try {
            return take(source.read(iterator()));
        } catch (ExpiredIteratorException e) {
            log.debug(
                    "the iterator of shard {} expired; continuing with a new one after {}",
                    shardId,
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
            current = last == null ? source.fromOldest(shardId) : after(last);
            iterator = current;
        }
        return current;
    }

    private String after(SequenceNumber position) {
        try {
            return source.after(shardId, position);
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
        return iterator == null ? closed(page.records().isEmpty()) : StreamSource.isFull(page);
    }

    /**
     * Requires the end to be seen twice. DynamoDB Local first reads the records and then checks
     * whether the shard is closed; in between, a last record may be written and the shard closed.
     */
    private boolean closed(boolean nothingRead) {
        atEnd = endSeen && nothingRead;
        endSeen = true;
        return !atEnd;
    }

    /**
     * Skips to the oldest remaining record. Continues reading at once if a position was trimmed. If
     * the shard's start itself was trimmed meanwhile, leaves the rest to the next poll; a shard
     * without records ends or disappears from the stream.
     */
    private boolean trimmed() {
        iterator = null;
        boolean hadPosition = last != null;
        if (hadPosition) {
            log.warn(
                    "records of shard {} after {} were trimmed; continuing with the oldest"
                            + " remaining record",
                    shardId,
                    last);
            last = null;
        }
        return hadPosition;
    }

    /**
     * Thrown if DynamoDB Local rejects a position as invalid, because its record was trimmed and
     * the shard now starts later.
     */
    private static final class InvalidPosition extends RuntimeException {

        private static final long serialVersionUID = 1;

        InvalidPosition(Throwable cause) {
            super(cause);
        }
    }
}
