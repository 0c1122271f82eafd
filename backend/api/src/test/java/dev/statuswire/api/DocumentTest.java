package dev.statuswire.api;

import dev.statuswire.api.contract.ApiDoor;
import dev.statuswire.api.contract.DocumentContract;
import dev.statuswire.api.contract.Door;

/** Runs the contract for status documents against the API itself. */
final class DocumentTest extends DocumentContract {

    @Override
    protected Door open() {
        return ApiDoor.inMemory(parts -> {});
    }
}
