package dev.statuswire.simulator.live;

import dev.statuswire.core.live.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The contents of the connections table, which outlives every process. */
public final class SubscriptionTable {

    private final Map<Topic, Set<String>> connections = new HashMap<>();

    Set<String> of(Topic topic) {
        return connections.computeIfAbsent(topic, any -> new TreeSet<>());
    }
}
