package dev.statuswire.aws.door;

import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.HostileContract;
import dev.statuswire.aws.door.gateway.DynamoDbHttp;
import dev.statuswire.aws.door.gateway.GatewayDoor;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the front door. */
final class GatewayHostileTextTest extends HostileContract {

    @RegisterExtension static final DynamoDbHttp DYNAMO_DB = new DynamoDbHttp();

    @Override
    protected Door open() {
        return GatewayDoor.of(DYNAMO_DB);
    }
}
