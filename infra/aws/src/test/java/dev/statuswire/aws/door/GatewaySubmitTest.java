package dev.statuswire.aws.door;

import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.SubmitContract;
import dev.statuswire.aws.door.gateway.GatewayDoor;

/** Runs the contract tests against the synthesized template. */
final class GatewaySubmitTest extends SubmitContract {

    @Override
    protected Door open() {
        return GatewayDoor.open();
    }
}
