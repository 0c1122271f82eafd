package dev.statuswire.aws.door;

import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.StatusContract;
import dev.statuswire.aws.door.gateway.GatewayDoor;

/** The contract, kept by the synthesized template. */
final class GatewayStatusTest extends StatusContract {

    @Override
    protected Door open() {
        return GatewayDoor.open();
    }
}
