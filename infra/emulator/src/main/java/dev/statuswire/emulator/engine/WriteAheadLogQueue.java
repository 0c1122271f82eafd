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
 * The thread that reads and writes a database's file, with a write-ahead log.
 *
 * <p>SQLite would work the log into the file at a commit, every 1,000 pages, but not while a
 * statement still reads; and DynamoDB Local ends its statements after its commits, not before. So
 * the log would grow by some 10 KB with each write and never end, and each read look for its pages
 * in all of it. Here that is done between two jobs.
 *
 * @see <a href="https://www.sqlite.org/wal.html#ckpt">Checkpointing</a>
 */
final class WriteAheadLogQueue extends SQLiteQueue {

    /** Rows. That many small items take some 10 ms to work in, in which nothing else is done. */
    private static final int CHANGES = 500;

    private static final long LOG_BYTES = 4L * 1024 * 1024;

    /** Rows after which the log's length is looked at, a call of the system. */
    private static final int LOOK_EVERY = 8;

    private static final List<String> SETTINGS =
            List.of(
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = NORMAL",
                    "PRAGMA wal_autocheckpoint = 0",
                    "PRAGMA journal_size_limit = " + LOG_BYTES);

    private final File log;
    private @Nullable SQLiteConnection connection;
    private int workedIn;
    private int lookedAt;

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
        workedIn = 0;
        lookedAt = 0;
    }

    /**
     * Whoever waits for the job has its answer already. Not within a transaction, which DynamoDB
     * Local makes of several jobs: SQLite refuses it there, and the transaction would end with it.
     */
    @Override
    @SuppressWarnings("rawtypes") // as it is declared there
    protected void afterExecute(SQLiteJob job) throws Throwable {
        super.afterExecute(job);
        SQLiteConnection current = Objects.requireNonNull(connection);
        int changes = current.getTotalChanges();
        if (isDue(changes) && current.getAutoCommit()) {
            current.exec("PRAGMA wal_checkpoint(PASSIVE)");
            workedIn = changes;
        }
    }

    private boolean isDue(int changes) {
        return changes - workedIn >= CHANGES || isLong(changes);
    }

    private boolean isLong(int changes) {
        boolean looks = changes - lookedAt >= LOOK_EVERY;
        if (looks) {
            lookedAt = changes;
        }
        return looks && log.length() > LOG_BYTES;
    }
}
