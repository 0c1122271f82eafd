package dev.statuswire.api;

import dev.statuswire.api.catalog.UserActivity;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.live.TicketIssuer;
import dev.statuswire.api.operate.HealthCheck;
import dev.statuswire.core.time.TimeAndRandomness;
import java.util.Map;

/**
 * What the rest of the system, and the time, are to the API.
 *
 * @param health parts to show besides the database, by name
 */
public record ApiDependencies(
        Authentication identity,
        TicketIssuer tickets,
        UserActivity activity,
        Map<String, HealthCheck> health,
        TimeAndRandomness time) {

    public ApiDependencies {
        health = Map.copyOf(health);
    }
}
