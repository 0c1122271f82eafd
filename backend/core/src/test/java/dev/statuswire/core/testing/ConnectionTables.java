package dev.statuswire.core.testing;

import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.table.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Connections tables for tests: real ones, and an unreachable database. */
public final class ConnectionTables {

    private ConnectionTables() {}

    /** Creates an empty table and returns its name. */
    public static String create(DynamoDbLocal database) {
        String name = "connections-" + UUID.randomUUID();
        database.client().createTable(TableDefinition.CONNECTIONS.named(name));
        return name;
    }

    /** Returns a client of an unreachable database: no process listens on its port. */
    public static DynamoDbClient outOfReach() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return AwsClients.dynamoDb(
                    Optional.of(URI.create("http://127.0.0.1:" + socket.getLocalPort())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
