package dev.statuswire.api;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.Door;
import dev.statuswire.api.contract.HostileContract;

/** Hostile texts at the API itself. */
final class HostileTextTest extends HostileContract {

    @Override
    protected Door open() {
        return ApiDoor.inMemory(parts -> {});
    }
}
