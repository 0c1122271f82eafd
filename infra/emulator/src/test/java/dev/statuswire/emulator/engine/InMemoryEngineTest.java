package dev.statuswire.emulator.engine;

final class InMemoryEngineTest extends EngineContract {

    @Override
    DynamoDbEngine start() {
        return EmbeddedDynamoDb.inMemory(0);
    }
}
