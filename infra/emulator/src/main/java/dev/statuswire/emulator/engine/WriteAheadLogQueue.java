package dev.statuswire.emulator.engine;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.File;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the jobs of a database file on one thread, with a write-ahead log.
 *
 * <p>Checkpoints the log between two jobs. By default, SQLite checkpoints at a commit, every 1,000
 * pages, but not while a statement is still reading, and DynamoDB Local finishes its statements
 * after its commits. The log would therefore grow by some 10 KB with each write, without limit, and
 * each read would search all of it.
 *
 * @see <a href="https://www.sqlite.org/wal.html#ckpt">Checkpointing</a>
 */
final class WriteAheadLogQueue extends SQLiteQueue {

    /**
     * Changed rows that make a checkpoint due. A checkpoint of this many small items takes about 10
     * ms, during which no other job runs.
     */
    private static final int CHANGES = 500;

    private static final long LOG_BYTES = 4L * 1024 * 1024;

    /** Changed rows after which the log's length is checked, which is a system call. */
    private static final int CHECK_EVERY = 8;

    private static final List<String> SETTINGS =
            List.of(
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = NORMAL",
                    "PRAGMA wal_autocheckpoint = 0",
                    "PRAGMA journal_size_limit = " + LOG_BYTES);

    private final File log;
    private @Nullable SQLiteConnection connection;
    private int checkpointedAt;
    private int checkedAt;

    WriteAheadLogQueue(File database) {
        super(database);
        this.log = new File(database.getPath() + "-wal");
    }

    @Override
    protected void initConnection(SQLiteConnection opened) throws SQLiteException {
        super.initConnection(opened);
        for (String setting : SETTINGS) {
            opened.exec(setting);
        }
        connection = opened;
        checkpointedAt = 0;
        checkedAt = 0;
    }

    /**
     * Checkpoints the log if it is due. The caller of the job already has its result. There is no
     * checkpoint within a transaction, which DynamoDB Local spreads over several jobs: SQLite would
     * reject it, and that would end the transaction.
     */
    @Override
    @SuppressWarnings("rawtypes") // as in the superclass
    protected void afterExecute(SQLiteJob job) throws Throwable {
        super.afterExecute(job);
        SQLiteConnection current = Objects.requireNonNull(connection);
        int changes = current.getTotalChanges();
        if (isDue(changes) && current.getAutoCommit()) {
            current.exec("PRAGMA wal_checkpoint(PASSIVE)");
            checkpointedAt = changes;
        }
    }

    private boolean isDue(int changes) {
        return changes - checkpointedAt >= CHANGES || isLong(changes);
    }

    private boolean isLong(int changes) {
        boolean isChecked = changes - checkedAt >= CHECK_EVERY;
        if (isChecked) {
            checkedAt = changes;
        }
        return isChecked && log.length() > LOG_BYTES;
    }
}
