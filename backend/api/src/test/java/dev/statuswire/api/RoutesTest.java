package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.http.HostAndOrigin;
import dev.statuswire.api.identity.Identity;
import dev.statuswire.api.operate.PrometheusMetrics;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.Contract;
import dev.statuswire.core.activity.ActivityPage;
import dev.statuswire.core.live.Ticket;
import dev.statuswire.core.metrics.Metrics;
import dev.statuswire.core.store.UnreadableItems;
import dev.statuswire.core.testing.InMemoryRequestStore;
import dev.statuswire.core.time.TimeAndChance;
import dev.statuswire.core.type.RequestTypes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoutesTest {

    @Test
    void every_route_is_in_the_contract_and_the_other_way_round() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var routes =
                new Routes(
                        new Persistence(
                                store,
                                store,
                                ApiServer.Parts.TRANSITIONS,
                                new UnreadableItems(Metrics.NONE)),
                        RequestTypes.load(),
                        new Surroundings(
                                Identity.LOCAL,
                                owner -> new Ticket("", Instant.EPOCH),
                                (username, query) -> new ActivityPage(List.of(), Optional.empty()),
                                Map.of(),
                                TimeAndChance.real()),
                        new PrometheusMetrics(),
                        ApiSettings.DEFAULT,
                        new HostAndOrigin(Set.of("localhost"), Set.of()));
        assertThat(routes.all().stream().map(route -> route.method() + " " + route.path()))
                .containsExactlyInAnyOrderElementsOf(Contract.calls());
    }
}
