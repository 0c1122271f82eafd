package dev.statuswire.aws.door;

import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.ForeignItemContract;
import dev.statuswire.aws.door.gateway.DynamoDbHttp;
import dev.statuswire.aws.door.gateway.GatewayDoor;
import dev.statuswire.aws.door.gateway.Setup;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract, kept by the front door. */
final class GatewayForeignItemTest extends ForeignItemContract {

    @RegisterExtension static final DynamoDbHttp DYNAMO_DB = new DynamoDbHttp();

    private final Setup setup = Setup.of(DYNAMO_DB);

    @Override
    protected DynamoDbClient dynamoDb() {
        return DYNAMO_DB.client();
    }

    @Override
    protected String table() {
        return setup.table();
    }

    @Override
    protected Door open() {
        return GatewayDoor.of(setup);
    }
}
