package dev.statuswire.core.testing;

import dev.statuswire.core.table.TableDefinition;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** An in-memory DynamoDB Local for one test class: {@code @RegisterExtension static final}. */
public final class DynamoDbLocal implements AfterAllCallback {

    private final AmazonDynamoDBLocal engine = DynamoDBEmbedded.create(true);

    /** Returns the client of the engine, which runs in this process. */
    public DynamoDbClient client() {
        return engine.dynamoDbClient();
    }

    /** Returns the client of the engine's streams. */
    public DynamoDbStreamsClient streams() {
        return engine.dynamoDbStreamsClient();
    }

    /** Creates an empty requests table and returns its name. */
    public String newRequestsTable() {
        String name = "requests-" + UUID.randomUUID();
        client().createTable(TableDefinition.REQUESTS.named(name));
        return name;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        engine.shutdown();
    }
}
