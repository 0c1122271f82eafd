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
    private final String shardId;
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
            String shardId,
            Optional<SequenceNumber> from,
            Consumer<List<Record>> pages) {
        this.source = source;
        this.shardId = shardId;
        this.last = from.orElse(null);
        this.pages = pages;
    }

    /** The stream no longer has the shard, so there is nothing more to read. */
    void gone() {
        if (!atEnd) {
            log.warn(
                    "{} is gone from the stream; what of it was not read after {} is lost",
                    shardId,
                    last);
            atEnd = true;
        }
    }

    /** Closed, and all its records read; or gone. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** Reads a page. Says whether to go on at once: there may be more. */
    boolean readOnce() {
        try {
            return take(source.read(iterator()));
        } catch (ExpiredIteratorException e) {
            log.debug("the iterator of {} expired; a new one goes on after {}", shardId, last);
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
            current = last == null ? source.fromTheStart(shardId) : after(last);
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
     * The end must show twice: between reading the records and looking whether the shard is closed,
     * DynamoDB Local lets a last record in, and closes it.
     */
    private boolean closed(boolean nothingRead) {
        atEnd = endSeen && nothingRead;
        endSeen = true;
        return !atEnd;
    }

    /**
     * From the oldest record left on, at once where a position was the reason. Where the start
     * itself was trimmed meanwhile, what is left is for the next poll: a shard that has nothing
     * left ends, or goes from the stream.
     */
    private boolean trimmed() {
        iterator = null;
        boolean hadPosition = last != null;
        if (hadPosition) {
            log.warn("records of {} after {} are gone; the oldest one left is next", shardId, last);
            last = null;
        }
        return hadPosition;
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
