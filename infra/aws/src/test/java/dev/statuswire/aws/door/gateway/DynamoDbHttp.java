package dev.statuswire.aws.door.gateway;

import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.store.RequestsTable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** A DynamoDB Local in memory behind a loopback port, one a test class. */
public final class DynamoDbHttp implements AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LocalDynamoDBRequestHandler engine =
            new LocalDynamoDBRequestHandler(0, true, null, true, false);
    private final Server server = new Server();
    private final ServerConnector port = new ServerConnector(server);
    private final DynamoDbClient client;

    public DynamoDbHttp() {
        port.setHost("127.0.0.1");
        server.addConnector(port);
        server.setHandler(new LocalDynamoDBServerHandler(engine, null));
        start();
        // Tried once and patiently: the first call may take seconds on a busy machine, and a table
        // that is made twice is refused.
        client =
                AwsClients.configure(
                                DynamoDbClient.builder(), Optional.of(uri()), 1, PATIENCE, PATIENCE)
                        .build();
    }

    private void start() {
        try {
            server.start();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        client.close();
        server.stop();
        engine.shutdown();
    }

    /** Where it listens. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port.getLocalPort());
    }

    /** A client of it. */
    public DynamoDbClient client() {
        return client;
    }

    /** A new, empty requests table. */
    public String newRequestsTable() {
        String name = "requests-" + UUID.randomUUID();
        client.createTable(RequestsTable.definition(name));
        return name;
    }
}
