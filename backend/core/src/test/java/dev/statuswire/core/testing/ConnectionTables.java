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

/** Connections tables: a real one, and none at all. */
public final class ConnectionTables {

    private ConnectionTables() {}

    /** A new, empty one. */
    public static String create(DynamoDbLocal database) {
        String name = "connections-" + UUID.randomUUID();
        database.client().createTable(TableDefinition.CONNECTIONS.named(name));
        return name;
    }

    /** A client of a database that is out of reach: nobody listens on its port. */
    public static DynamoDbClient outOfReach() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return AwsClients.dynamoDb(
                    Optional.of(URI.create("http://127.0.0.1:" + socket.getLocalPort())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
