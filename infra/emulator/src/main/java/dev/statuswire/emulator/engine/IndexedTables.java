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
 * DynamoDB Local's tables with an index of stream records and a write-ahead log. Without these,
 * DynamoDB Local slows down with every write. DynamoDB Local's command line can open the file.
 *
 * <ul>
 *   <li>DynamoDB Local keeps the stream records of all tables in one SQL table, and finds the first
 *       and the last record of a shard by reading all others, so each write and each GetRecords
 *       takes longer the more records there are. This class adds an index on the shard alone. The
 *       number of a record is its row id, which SQLite appends to every index; SQLite uses it for
 *       lookups within a shard only if the index does not name it explicitly.
 *   <li>By default, SQLite copies the pages that a write changes to a journal file, which it
 *       creates, syncs and deletes for each write. This class uses a {@linkplain WriteAheadLogQueue
 *       write-ahead log} instead. A write is handed to the operating system before its response is
 *       sent, so a crash of the process loses nothing. A crash of the machine may lose the last
 *       writes, and nothing else.
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
            await(queue);
            queue = new WriteAheadLogQueue(file).start();
        }
    }

    /**
     * Opens the tables and adds the index.
     *
     * @param file the database file, or null for tables in memory
     * @throws EngineStartException if SQLite cannot add the index
     */
    static SQLiteDBAccess open(@Nullable File file) {
        var tables = new IndexedTables(file);
        var job = new CreateIndex();
        tables.queue.execute(job).complete();
        if (job.getError() != null) {
            tables.close();
            throw new EngineStartException(
                    "cannot add an index to DynamoDB Local's tables: " + job.getError(),
                    job.getError());
        }
        return tables;
    }

    /**
     * Returns no table, so that DynamoDB Local's own job does not delete expired items. {@link
     * TimeToLive} replaces that job.
     */
    @Override
    public Map<String, TableSchemaInfo> fetchAllTablesWithTimeToLiveEnabled() {
        return Map.of();
    }

    /** Returns once the log has been written back to the file and the file is closed. */
    @Override
    public void close() {
        super.close();
        await(queue);
    }

    private static void await(SQLiteQueue queue) {
        try {
            queue.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class CreateIndex extends SQLiteJob<Boolean> {

        @Override
        protected Boolean job(SQLiteConnection connection) throws SQLiteException {
            connection.exec(INDEX);
            return true;
        }
    }
}
