package dev.statuswire.simulator.database;

import dev.statuswire.emulator.engine.DynamoDbEngine;
import dev.statuswire.simulator.chance.Chances;
import dev.statuswire.simulator.machine.Host;
import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The database as the event source mappings of one process reach it. */
public final class SimulatedEngine implements DynamoDbEngine {

    private final StreamLog log;
    private final DynamoDbClient client;
    private final DynamoDbStreamsClient streams;

    public SimulatedEngine(
            StreamLog log, Positions positions, Host host, Chances chances, Calls calls) {
        this.log = log;
        this.client = new PositionsClient(positions, calls);
        this.streams = new StreamClient(log, host, chances, calls);
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
        throw new UnsupportedOperationException("it has no HTTP");
    }

    @Override
    public void onWrite(String table, Runnable listener) {
        log.onRecord(listener);
    }

    @Override
    public void close() {}
}
