package dev.statuswire.simulator.database;

import dev.statuswire.core.link.Link;
import java.util.Map;
import java.util.TreeMap;

/** The contents of the links table, which outlives every process. */
public final class LinkTable {

    private final Map<String, Link> links = new TreeMap<>();

    /** Returns the links by their ids. */
    Map<String, Link> byId() {
        return links;
    }
}
