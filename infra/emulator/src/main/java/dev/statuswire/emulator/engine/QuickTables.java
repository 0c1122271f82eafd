package dev.statuswire.emulator.engine;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.File;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;

/**
 * DynamoDB Local's tables, without what makes it slow. Its file stays one that DynamoDB Local's own
 * command line opens.
 *
 * <ul>
 *   <li>It keeps the stream records of all tables in one, and looks for the first and the last one
 *       of a shard by reading all others: each write and each GetRecords costs more the more there
 *       are. So there is an index, by the shard alone: the number of a record is its row id, which
 *       ends every index, and is only looked for within a shard where it is not named in it.
 *   <li>It has SQLite copy what a write changes to a file that it makes, syncs and deletes for it.
 *       So there is a {@linkplain WriteAheadQueue write-ahead log} instead. What is written is the
 *       operating system's before the write is answered, so that the end of the process, however
 *       hard, loses nothing of it; the end of the machine may lose what was written last, but no
 *       more than that.
 * </ul>
 *
 * @see <a href="https://www.sqlite.org/wal.html">Write-Ahead Logging</a>
 * @see <a href="https://www.sqlite.org/pragma.html#pragma_synchronous">PRAGMA synchronous</a>: "WAL
 *     mode is always consistent with synchronous=NORMAL"
 */
final class QuickTables extends SQLiteDBAccess {

    private static final String INDEX =
            "CREATE INDEX IF NOT EXISTS statuswire_records_by_shard ON %s (%s)"
                    .formatted(STREAMS_TABLE_NAME, SHARD_ID);

    private QuickTables(@Nullable File file) {
        super(file);
        if (file != null) {
            queue.stop(true);
            end(queue);
            queue = new WriteAheadQueue(file).start();
        }
    }

    /**
     * Opens them, and makes them quick.
     *
     * @param file absent for tables in memory
     * @throws EngineStartException SQLite does not take it
     */
    static SQLiteDBAccess open(@Nullable File file) {
        var tables = new QuickTables(file);
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
