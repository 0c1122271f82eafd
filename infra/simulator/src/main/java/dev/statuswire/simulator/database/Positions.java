package dev.statuswire.simulator.database;

import java.util.HashMap;
import java.util.Map;

/** What the table of consumer positions holds; it outlives every process. */
public final class Positions {

    private static final int MAPPINGS = 2;

    private final Map<String, String> numbers = new HashMap<>();

    /** Whether each mapping is done with everything up to that number, in whichever shard it is. */
    public boolean isEachAt(String number) {
        return number.isEmpty()
                || numbers.values().stream().filter(number::equals).count() == MAPPINGS;
    }

    Map<String, String> numbers() {
        return numbers;
    }
}
