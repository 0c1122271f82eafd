package dev.statuswire.emulator.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a database on disk. Only one process can use it at a time, because two engines on
 * one file would lose writes.
 */
final class DataFolder implements AutoCloseable {

    /**
     * The file name that DynamoDB Local's command line uses with {@code -sharedDb}, so that the
     * command line can open the folder.
     */
    private static final String DATABASE = "shared-local-instance.db";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static DataFolder lock(Path folder) {
        try {
            Files.createDirectories(folder);
            return lock(
                    folder,
                    FileChannel.open(
                            folder.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new EngineStartException("cannot use the data folder " + folder + ": " + e, e);
        }
    }

    private static DataFolder lock(Path folder, FileChannel channel) throws IOException {
        if (tryLock(channel) == null) {
            channel.close();
            throw new EngineStartException(
                    "the data folder " + folder + " is in use by another process");
        }
        return new DataFolder(folder, channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    File database() {
        return folder.resolve(DATABASE).toFile();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release the data folder " + folder, e);
        }
    }
}
