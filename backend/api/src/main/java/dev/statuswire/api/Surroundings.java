package dev.statuswire.api;

import dev.statuswire.api.catalog.UserActivity;
import dev.statuswire.api.identity.Identity;
import dev.statuswire.api.live.TicketIssuer;
import dev.statuswire.api.operate.HealthCheck;
import dev.statuswire.core.time.TimeAndChance;
import java.util.Map;

/**
 * What the rest of the system, and the time, are to the API.
 *
 * @param health parts to show besides the database, by name
 */
public record Surroundings(
        Identity identity,
        TicketIssuer tickets,
        UserActivity activity,
        Map<String, HealthCheck> health,
        TimeAndChance time) {

    public Surroundings {
        health = Map.copyOf(health);
    }
}
