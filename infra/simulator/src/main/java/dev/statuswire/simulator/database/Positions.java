package dev.statuswire.simulator.database;

import java.util.HashMap;
import java.util.Map;

/** The contents of the table of consumer positions, which outlives every process. */
public final class Positions {

    private static final int MAPPINGS = 2;

    private final Map<String, String> numbers = new HashMap<>();

    /** Returns whether each mapping has finished everything up to {@code number}, in any shard. */
    public boolean isEachAt(String number) {
        return number.isEmpty()
                || numbers.values().stream().filter(number::equals).count() == MAPPINGS;
    }

    Map<String, String> numbers() {
        return numbers;
    }
}
