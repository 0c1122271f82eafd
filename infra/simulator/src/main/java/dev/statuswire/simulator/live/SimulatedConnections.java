package dev.statuswire.simulator.live;

import dev.statuswire.notifier.connections.ConnectionStore;
import dev.statuswire.notifier.connections.SubscribeOutcome;
import dev.statuswire.simulator.database.UnreliableCalls;
import java.util.List;

/** The connections table as seen by one process. */
public final class SimulatedConnections implements ConnectionStore {

    private final SubscriptionTable table;
    private final UnreliableCalls calls;

    public SimulatedConnections(SubscriptionTable table, UnreliableCalls calls) {
        this.table = table;
        this.calls = calls;
    }

    @Override
    public SubscribeOutcome subscribe(String owner, String connectionId) {
        return calls.write(
                () -> {
                    table.of(owner).add(connectionId);
                    return SubscribeOutcome.SUBSCRIBED;
                });
    }

    @Override
    public void unsubscribe(String owner, String connectionId) {
        calls.write(() -> table.of(owner).remove(connectionId));
    }

    @Override
    public List<String> subscribers(String owner) {
        return calls.read(() -> List.copyOf(table.of(owner)));
    }
}
