package dev.statuswire.simulator.database;

import java.util.HashMap;
import java.util.Map;

/** What the table of consumer positions holds; it outlives every process. */
public final class Positions {

    private final Map<String, String> numbers = new HashMap<>();

    Map<String, String> numbers() {
        return numbers;
    }
}
