package dev.statuswire.emulator.engine;

import dev.statuswire.emulator.loopback.LoopbackServer;
import dev.statuswire.emulator.loopback.PortException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.LocalDBAccess;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * DynamoDB Local inside this JVM. {@link #client()} calls it without a network. Its HTTP port on
 * the loopback address serves the same tables, with any credentials and region. Writes through
 * either of them call the listeners, and so do deletions of expired items.
 *
 * <p>Sends no telemetry: {@code DynamoDBEmbedded} and {@code DynamoDBProxyServer} send it, and this
 * class uses neither. It assembles the database from the parts below them.
 */
public final class EmbeddedDynamoDb implements DynamoDbEngine {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDynamoDb.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int BACKGROUND_THREADS = 10;

    private final @Nullable DataFolder folder;
    private final LocalDBClient database;
    private final WriteListeners listeners = new WriteListeners();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("dynamodb-", 0).factory());
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LoopbackServer http;
    private final TimeToLive timeToLive;
    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;

    private EmbeddedDynamoDb(
            @Nullable DataFolder folder, LocalDBAccess tables, LocalDBClient database, int port) {
        this.folder = folder;
        this.database = database;
        DynamoDbClient watched = WatchedClient.watching(database.dynamoDbClient(), listeners);
        client = InProcessClient.of(DynamoDbClient.class, watched, threads);
        DynamoDbStreamsClient records = ExpiryRecords.of(database.dynamoDbStreamsClient());
        streams = InProcessClient.of(DynamoDbStreamsClient.class, records, threads);
        http = openHttp(port, new HttpOperations(watched, records));
        timeToLive =
                new TimeToLive(
                        tables, database.dynamoDbClient(), listeners, InstantSource.system());
        timeToLive.start();
    }

    /** Does not use DynamoDB Local's own server, because that listens on all addresses. */
    private static LoopbackServer openHttp(int port, HttpOperations operations) {
        try {
            return LoopbackServer.open(
                    "DynamoDB Local",
                    port,
                    new CredentialsRewriter(new LocalDynamoDBServerHandler(operations, null)));
        } catch (PortException e) {
            throw new EngineStartException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Starts an engine without tables. Its tables are in memory and are lost when it closes.
     *
     * @param port the HTTP port; 0 selects a free one
     * @throws EngineStartException if the port is taken
     */
    public static EmbeddedDynamoDb inMemory(int port) {
        loadNativeLibrary();
        return open(null, IndexedTables.open(null), port);
    }

    /**
     * Starts an engine with the tables in {@code folder}, which is created if it does not exist.
     *
     * @param port the HTTP port; 0 selects a free one
     * @throws EngineStartException if the port is taken, the folder cannot be written, or another
     *     process uses it
     */
    public static EmbeddedDynamoDb onDisk(Path folder, int port) {
        loadNativeLibrary();
        DataFolder locked = DataFolder.lock(folder);
        try {
            return open(locked, IndexedTables.open(locked.database()), port);
        } catch (RuntimeException e) {
            locked.close();
            throw e;
        }
    }

    private static EmbeddedDynamoDb open(
            @Nullable DataFolder folder, LocalDBAccess tables, int port) {
        LocalDBClient database = new LocalDBClient(tables, new JobsRegister(background(), false));
        try {
            return new EmbeddedDynamoDb(folder, tables, database, port);
        } catch (RuntimeException e) {
            database.shutdown();
            throw e;
        }
    }

    private static ExecutorService background() {
        return Executors.newFixedThreadPool(
                BACKGROUND_THREADS,
                Thread.ofPlatform().daemon().name("dynamodb-jobs-", 0).factory());
    }

    /**
     * DynamoDB Local unpacks its SQLite into {@code java.io.tmpdir} and assumes that the folder
     * exists.
     */
    private static void loadNativeLibrary() {
        try {
            Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
            SQLiteLibraryLoader.initialize();
        } catch (Exception e) {
            throw new EngineStartException(
                    "cannot load DynamoDB Local's SQLite library on this machine: " + e, e);
        }
    }

    @Override
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public DynamoDbStreamsClient streams() {
        return streams;
    }

    @Override
    public URI endpoint() {
        return http.uri();
    }

    @Override
    public void onWrite(String table, Runnable listener) {
        listeners.add(table, listener);
    }

    /**
     * Closes the open shard of every stream and opens a child of it at once, as the engine does
     * automatically every few hours. For tests of stream readers.
     */
    public void rollOverShards() {
        database.triggerShardRollovers();
    }

    /**
     * Deletes expired items at once, as the engine does automatically at least once a minute. For
     * tests.
     */
    public void deleteExpired() {
        timeToLive.deleteExpired();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            http.close();
            timeToLive.close();
            finishCalls();
            database.shutdown();
            if (folder != null) {
                folder.close();
            }
        }
    }

    private void finishCalls() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("calls are still running after {}; closing DynamoDB Local anyway", GRACE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
