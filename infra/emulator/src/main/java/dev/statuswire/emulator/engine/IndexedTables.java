package dev.statuswire.emulator.engine;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.File;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.access.sqlite.TableSchemaInfo;

/**
 * DynamoDB Local's tables with an index of stream records and a write-ahead log, without which it
 * slows down with everything that is written. DynamoDB Local's own command line can open the file.
 *
 * <ul>
 *   <li>It keeps the stream records of all tables in one, and looks for the first and the last one
 *       of a shard by reading all others: each write and each GetRecords costs more the more there
 *       are. So there is an index, by the shard alone: the number of a record is its row id, which
 *       ends every index, and is only looked for within a shard where it is not named in it.
 *   <li>It has SQLite copy what a write changes to a file that it makes, syncs and deletes for it.
 *       So there is a {@linkplain WriteAheadLogQueue write-ahead log} instead. What is written is
 *       the operating system's before the write is answered, so that the end of the process,
 *       however hard, loses nothing of it; the end of the machine may lose what was written last,
 *       but no more than that.
 * </ul>
 *
 * @see <a href="https://www.sqlite.org/wal.html">Write-Ahead Logging</a>
 * @see <a href="https://www.sqlite.org/pragma.html#pragma_synchronous">PRAGMA synchronous</a>: "WAL
 *     mode is always consistent with synchronous=NORMAL"
 */
final class IndexedTables extends SQLiteDBAccess {

    private static final String INDEX =
            "CREATE INDEX IF NOT EXISTS statuswire_records_by_shard ON %s (%s)"
                    .formatted(STREAMS_TABLE_NAME, SHARD_ID);

    private IndexedTables(@Nullable File file) {
        super(file);
        if (file != null) {
            queue.stop(true);
            end(queue);
            queue = new WriteAheadLogQueue(file).start();
        }
    }

    /**
     * Opens the tables and adds the index.
     *
     * @param file absent for tables in memory
     * @throws EngineStartException SQLite does not take it
     */
    static SQLiteDBAccess open(@Nullable File file) {
        var tables = new IndexedTables(file);
        var job = new MakeIndex();
        tables.queue.execute(job).complete();
        if (job.getError() != null) {
            tables.close();
            throw new EngineStartException(
                    "DynamoDB Local's tables cannot be prepared: " + job.getError(),
                    job.getError());
        }
        return tables;
    }

    /**
     * Returns none, which stops DynamoDB Local's own job that deletes expired items: {@link
     * TimeToLive} replaces it.
     */
    @Override
    public Map<String, TableSchemaInfo> fetchAllTablesWithTimeToLiveEnabled() {
        return Map.of();
    }

    /** Returns once the log is worked into the file, which is free then. */
    @Override
    public void close() {
        super.close();
        end(queue);
    }

    private static void end(SQLiteQueue queue) {
        try {
            queue.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class MakeIndex extends SQLiteJob<Boolean> {

        @Override
        protected Boolean job(SQLiteConnection connection) throws SQLiteException {
            connection.exec(INDEX);
            return true;
        }
    }
}
