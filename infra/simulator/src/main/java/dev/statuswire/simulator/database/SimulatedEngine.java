package dev.statuswire.simulator.database;

import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.simulator.chance.RandomChoices;
import dev.statuswire.simulator.machine.SimulatedProcess;
import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The database as seen by the event source mappings of one process. */
public final class SimulatedEngine implements DynamoDbEngine {

    private final StreamLog log;
    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;

    public SimulatedEngine(
            StreamLog log,
            Positions positions,
            SimulatedProcess host,
            RandomChoices choices,
            UnreliableCalls calls) {
        this.log = log;
        this.client = new PositionsClient(positions, calls);
        this.streams = new StreamClient(log, host, choices, calls);
    }

    @Override
    public DynamoDbClient client() {
        return client;
    }

    @Override
    public DynamoDbStreamsClient streams() {
        return streams;
    }

    @Override
    public URI endpoint() {
        throw new UnsupportedOperationException("the simulated database has no HTTP endpoint");
    }

    @Override
    public void onWrite(String table, Runnable listener) {
        log.onRecord(listener);
    }

    @Override
    public void close() {}
}
