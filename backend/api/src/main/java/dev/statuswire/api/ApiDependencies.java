package dev.statuswire.api;

import dev.statuswire.api.catalog.UserActivity;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.live.TicketIssuer;
import dev.statuswire.api.operate.HealthCheck;
import dev.statuswire.core.time.TimeAndRandomness;
import java.util.Map;

/**
 * The API's dependencies on the rest of the system, and its sources of time and randomness.
 *
 * @param health health checks to report in addition to the database's, by component name
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
