package dev.statuswire.api;

import dev.statuswire.api.catalog.UserActivity;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.live.TicketIssuer;
import dev.statuswire.api.operate.HealthCheck;
import dev.statuswire.api.operate.TypeLoadError;
import dev.statuswire.core.time.TimeAndRandomness;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The API's dependencies on the rest of the system, and its sources of time and randomness.
 *
 * @param health health checks to report in addition to the database's, by component name
 * @param typeErrors returns the request types to report in {@code GET /health}
 */
public record ApiDependencies(
        Authentication identity,
        TicketIssuer tickets,
        UserActivity activity,
        Map<String, HealthCheck> health,
        Supplier<List<TypeLoadError>> typeErrors,
        TimeAndRandomness time) {

    public ApiDependencies {
        health = Map.copyOf(health);
    }
}
