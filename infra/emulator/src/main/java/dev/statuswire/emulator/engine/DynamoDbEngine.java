package dev.statuswire.emulator.engine;

import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A running DynamoDB with its streams. Its clients behave as the SDK's clients behave against AWS:
 * they throw the same exceptions with the same HTTP status, and {@code AbortedException} if the
 * caller is interrupted. The engine closes its clients; a client's {@code close()} may do nothing.
 *
 * <p>Thread-safe, and so are its clients.
 */
public interface DynamoDbEngine extends AutoCloseable {

    /** Returns the client for the tables. Calls block until the response arrives. */
    DynamoDbClient client();

    /** Returns the client for the tables' streams. Calls block until the response arrives. */
    DynamoDbStreamsClient streams();

    /**
     * Returns the HTTP endpoint of the same database, for the {@code aws} CLI and other processes.
     */
    URI endpoint();

    /**
     * Calls {@code listener} after each successful write that may have changed {@code table},
     * before the writer gets its response, on a thread of the engine or of the writer. The listener
     * must be quick and must not write to the tables; an exception that it throws is only logged. A
     * rejected write (a failed condition) does not call it. Each implementation documents which
     * writes it detects.
     */
    void onWrite(String table, Runnable listener);

    /** Shuts down: running calls get a few seconds to finish, later calls fail. Idempotent. */
    @Override
    void close();
}
