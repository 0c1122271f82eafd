package dev.statuswire.aws.door;

import dev.statuswire.api.contract.BadInputContract;
import dev.statuswire.api.contract.Door;
import dev.statuswire.aws.door.gateway.GatewayDoor;

/** Runs the contract tests against the synthesized template. */
final class GatewayBadInputTest extends BadInputContract {

    @Override
    protected Door open() {
        return GatewayDoor.open();
    }
}
