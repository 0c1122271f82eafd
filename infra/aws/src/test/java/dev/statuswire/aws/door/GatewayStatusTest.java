package dev.statuswire.aws.door;

import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.StatusContract;
import dev.statuswire.aws.door.gateway.GatewayDoor;

/** Runs the contract tests against the synthesized template. */
final class GatewayStatusTest extends StatusContract {

    @Override
    protected Door open() {
        return GatewayDoor.open();
    }
}
