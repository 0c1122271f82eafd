package dev.statuswire.simulator.live;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The contents of the connections table, which outlives every process. */
public final class SubscriptionTable {

    private final Map<String, Set<String>> connections = new TreeMap<>();

    Set<String> of(String owner) {
        return connections.computeIfAbsent(owner, any -> new TreeSet<>());
    }
}
