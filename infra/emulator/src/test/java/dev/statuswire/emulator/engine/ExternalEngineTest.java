package dev.statuswire.emulator.engine;

import org.junit.jupiter.api.AfterEach;

/** Runs the contract over HTTP, against the port of an embedded engine. */
final class ExternalEngineTest extends EngineContract {

    private final DynamoDbEngine server = EmbeddedDynamoDb.inMemory(0);

    @Override
    DynamoDbEngine start() {
        return new ExternalDynamoDb(server.endpoint());
    }

    @AfterEach
    void closeServer() {
        server.close();
    }
}
