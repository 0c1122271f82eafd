package dev.statuswire.api;

import dev.statuswire.api.catalog.UserActivity;
import dev.statuswire.api.identity.Identity;
import dev.statuswire.api.live.Tickets;
import dev.statuswire.api.operate.HealthCheck;
import dev.statuswire.api.status.Pause;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the rest of the system, and the time, are to the API.
 *
 * @param health parts to show besides the database, by name
 */
public record Surroundings(
        Identity identity,
        Tickets tickets,
        UserActivity activity,
        Map<String, HealthCheck> health,
        Time time) {

    public Surroundings {
        health = Map.copyOf(health);
    }

    /** What time it is, and letting it pass. */
    public record Time(InstantSource clock, Pause pause) {

        /** The real one. */
        public static final Time REAL = new Time(InstantSource.system(), Pause.SLEEP);
    }
}
