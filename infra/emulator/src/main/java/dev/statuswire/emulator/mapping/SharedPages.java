package dev.statuswire.emulator.mapping;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;

/**
 * Lets the mappings of one JVM that read the same shard read each page once: whoever comes to a
 * position where another one found records gets the same ones, which never change. Where nothing
 * was found everybody looks for himself, since something may have been written since.
 *
 * <p>Of each shard the last page is kept, if it is a small one. Thread-safe. A reader waits while
 * another one reads the same shard.
 */
public final class SharedPages {

    private static final int MOST_RECORDS = 100;

    private final Map<String, LastPage> shards = new ConcurrentHashMap<>();

    /**
     * The page behind {@code position}.
     *
     * @param shardId of whichever stream: no two have the same
     * @param position the last record before it
     * @param read reads it, and may throw
     */
    GetRecordsResponse read(
            String shardId, SequenceNumber position, Supplier<GetRecordsResponse> read) {
        return shards.computeIfAbsent(shardId, unknown -> new LastPage()).at(position, read);
    }

    private static final class LastPage {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable SequenceNumber position;
        private @Nullable GetRecordsResponse page;

        GetRecordsResponse at(SequenceNumber wanted, Supplier<GetRecordsResponse> read) {
            lock.lock();
            try {
                GetRecordsResponse known = page;
                return known != null && wanted.equals(position) ? known : kept(wanted, read.get());
            } finally {
                lock.unlock();
            }
        }

        private GetRecordsResponse kept(SequenceNumber wanted, GetRecordsResponse found) {
            int records = found.records().size();
            if (records > 0) {
                position = wanted;
                page = records <= MOST_RECORDS ? found : null;
            }
            return found;
        }
    }
}
