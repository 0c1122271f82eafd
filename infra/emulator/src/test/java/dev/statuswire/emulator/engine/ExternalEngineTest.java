package dev.statuswire.emulator.engine;

import org.junit.jupiter.api.AfterEach;

/** Reached over HTTP, here through the embedded engine's own port. */
final class ExternalEngineTest extends EngineContract {

    private final DynamoDbEngine elsewhere = EmbeddedDynamoDb.inMemory(0);

    @Override
    DynamoDbEngine start() {
        return new ExternalDynamoDb(elsewhere.endpoint());
    }

    @AfterEach
    void closeTheOther() {
        elsewhere.close();
    }
}
