package dev.statuswire.aws.door;

import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.ForeignItemContract;
import dev.statuswire.aws.door.gateway.GatewayDoor;
import dev.statuswire.aws.template.Database;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Runs the contract tests against the synthesized template. */
final class GatewayForeignItemTest extends ForeignItemContract {

    private final GatewayDoor opened = GatewayDoor.open();

    @Override
    protected DynamoDbClient dynamoDb() {
        return Database.client();
    }

    @Override
    protected String table() {
        return opened.table();
    }

    @Override
    protected Door open() {
        return opened;
    }
}
