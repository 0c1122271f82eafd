package dev.statuswire.aws.door;

import dev.statuswire.api.contract.DocumentContract;
import dev.statuswire.api.contract.Door;
import dev.statuswire.aws.door.gateway.GatewayDoor;

/** The contract, kept by the synthesized template. */
final class GatewayDocumentTest extends DocumentContract {

    @Override
    protected Door open() {
        return GatewayDoor.open();
    }
}
