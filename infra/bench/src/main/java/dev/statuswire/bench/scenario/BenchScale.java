package dev.statuswire.bench.scenario;

import java.time.Duration;

/** The extent of the measurements. */
public enum BenchScale {
    QUICK,
    FULL;

    int of(int full, int quick) {
        return this == FULL ? full : quick;
    }

    Duration seconds(int full, int quick) {
        return Duration.ofSeconds(of(full, quick));
    }
}
