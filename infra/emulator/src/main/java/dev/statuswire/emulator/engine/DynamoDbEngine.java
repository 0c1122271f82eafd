package dev.statuswire.emulator.engine;

import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A running DynamoDB with its streams. Its clients behave as the SDK's own do against AWS: the same
 * exceptions with the same HTTP status, {@code AbortedException} for an interrupted caller, and
 * closing a client is the engine's business (a client's {@code close()} may do nothing).
 *
 * <p>Thread-safe, and so are its clients.
 */
public interface DynamoDbEngine extends AutoCloseable {

    /** The tables. Calls block until answered. */
    DynamoDbClient client();

    /** The tables' streams. Calls block until answered. */
    DynamoDbStreamsClient streams();

    /**
     * Where the same database answers over HTTP: for the {@code aws} CLI and for other processes.
     */
    URI endpoint();

    /**
     * Calls {@code listener} after each write that succeeded and may have changed {@code table},
     * before the writer has its answer, on a thread of the engine's or the writer's. It must be
     * quick and must not write itself; what it throws is logged and goes no further. A refused
     * write (a failed condition) calls nobody. Which writes are seen, the implementation says.
     */
    void onWrite(String table, Runnable listener);

    /** Ends it: running calls get a few seconds, later ones fail. Closing twice is closing once. */
    @Override
    void close();
}
