package dev.statuswire.api;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.ForeignItemContract;
import dev.statuswire.core.testing.DynamoDbLocal;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Runs the contract for foreign items against the API itself. */
final class ForeignItemTest extends ForeignItemContract {

    @RegisterExtension static final DynamoDbLocal LOCAL = new DynamoDbLocal();

    private final String table = LOCAL.newRequestsTable();

    @Override
    protected DynamoDbClient dynamoDb() {
        return LOCAL.client();
    }

    @Override
    protected String table() {
        return table;
    }

    @Override
    protected Door open() {
        return ApiDoor.over(LOCAL.client(), table);
    }
}
