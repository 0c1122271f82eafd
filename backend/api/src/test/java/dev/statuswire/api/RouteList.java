package dev.statuswire.api;

import dev.statuswire.api.http.HostAndOrigin;
import dev.statuswire.api.identity.Authentication;
import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.activity.ActivityPage;
import dev.statuswire.core.link.InMemoryLinks;
import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.time.TimeAndRandomness;
import dev.statuswire.core.type.RequestTypes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists the routes of the API for a test outside this module. */
public final class RouteList {

    private RouteList() {}

    /** Returns every call that the API has a route for, such as {@code GET /types}. */
    public static List<String> calls() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var routes =
                new Routes(
                        new Persistence(
                                store,
                                store,
                                ApiServer.Parts.TRANSITIONS,
                                InMemoryLinks.to(store, ApiServer.Parts.TRANSITIONS),
                                new UnreadableItems(Metrics.NONE)),
                        RequestTypes.load(),
                        new ApiDependencies(
                                Authentication.LOCAL,
                                owner -> new Ticket("", Instant.EPOCH),
                                (username, query) -> new ActivityPage(List.of(), Optional.empty()),
                                Map.of(),
                                List::of,
                                TimeAndRandomness.real()),
                        new PrometheusMetrics(),
                        ApiSettings.DEFAULT,
                        new HostAndOrigin(Set.of("localhost"), Set.of()));
        return routes.all().stream().map(route -> route.method() + " " + route.path()).toList();
    }
}
