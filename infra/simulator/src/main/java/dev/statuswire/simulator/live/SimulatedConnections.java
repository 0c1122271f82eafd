package dev.statuswire.simulator.live;

import dev.statuswire.core.live.Topic;
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
    public SubscribeOutcome subscribe(Topic topic, String connectionId) {
        return calls.write(
                () -> {
                    table.of(topic).add(connectionId);
                    return SubscribeOutcome.SUBSCRIBED;
                });
    }

    @Override
    public void unsubscribe(Topic topic, String connectionId) {
        calls.write(() -> table.of(topic).remove(connectionId));
    }

    @Override
    public List<String> subscribers(Topic topic) {
        return calls.read(() -> List.copyOf(table.of(topic)));
    }
}
