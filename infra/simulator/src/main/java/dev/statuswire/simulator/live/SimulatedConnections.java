package dev.statuswire.simulator.live;

import dev.statuswire.notifier.connections.Connections;
import dev.statuswire.notifier.connections.Subscription;
import dev.statuswire.simulator.database.Calls;
import java.util.List;

/** The connections table as one process reaches it. */
public final class SimulatedConnections implements Connections {

    private final SubscriptionTable table;
    private final Calls calls;

    public SimulatedConnections(SubscriptionTable table, Calls calls) {
        this.table = table;
        this.calls = calls;
    }

    @Override
    public Subscription subscribe(String owner, String connectionId) {
        return calls.write(
                () -> {
                    table.of(owner).add(connectionId);
                    return Subscription.SUBSCRIBED;
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
