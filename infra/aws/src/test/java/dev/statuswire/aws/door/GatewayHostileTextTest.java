package dev.statuswire.aws.door;

import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.HostileContract;
import dev.statuswire.aws.door.gateway.GatewayDoor;

/** The contract, kept by the synthesized template. */
final class GatewayHostileTextTest extends HostileContract {

    @Override
    protected Door open() {
        return GatewayDoor.open();
    }
}
