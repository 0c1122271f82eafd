package dev.statuswire.aws.door;

import dev.statuswire.api.contract.DocumentContract;
import dev.statuswire.api.contract.Door;
import dev.statuswire.aws.door.gateway.GatewayDoor;

/** Runs the contract tests against the synthesized template. */
final class GatewayDocumentTest extends DocumentContract {

    @Override
    protected Door open() {
        return GatewayDoor.open();
    }
}
