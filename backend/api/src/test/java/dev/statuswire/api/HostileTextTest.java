package dev.statuswire.api;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.HostileContract;

/** Runs the contract for hostile texts against the API itself. */
final class HostileTextTest extends HostileContract {

    @Override
    protected Door open() {
        return ApiDoor.inMemory(parts -> {});
    }
}
