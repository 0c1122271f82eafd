package dev.statuswire.bench.scenario;

import java.time.Duration;

/** How much is measured. */
public enum Scale {
    QUICK,
    WHOLE;

    int of(int whole, int quick) {
        return this == WHOLE ? whole : quick;
    }

    Duration seconds(int whole, int quick) {
        return Duration.ofSeconds(of(whole, quick));
    }
}
