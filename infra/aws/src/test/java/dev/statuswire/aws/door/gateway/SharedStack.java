package dev.statuswire.aws.door.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.aws.template.Database;
import dev.statuswire.aws.template.RunningStack;
import dev.statuswire.core.transition.Item;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stack that is started once and kept until the end of the process. Each door to its template
 * finds it with an empty requests table. Supports one door at a time.
 */
final class SharedStack {

    /** The stacks, by template. */
    private static final IdentityHashMap<JsonNode, SharedStack> KEPT = new IdentityHashMap<>();

    private final RunningStack running;
    private final String table;
    private volatile InstantSource clock;
    private @Nullable ApiServer api;

    private SharedStack(GatewaySetup setup) {
        clock = setup.clock();
        running =
                new RunningStack(
                        setup.template(),
                        setup.assets(),
                        setup.code(),
                        setup.database(),
                        () -> clock.instant());
        table = running.table("TablesRequests");
    }

    /** Returns the stack for a setup, without requests and recorded calls. */
    static synchronized SharedStack of(GatewaySetup setup) {
        SharedStack kept = KEPT.computeIfAbsent(setup.template(), _ -> new SharedStack(setup));
        kept.clock = setup.clock();
        kept.running.useDatabase(setup.database());
        kept.running.forgetCalls();
        kept.removeRequests();
        return kept;
    }

    private void removeRequests() {
        var client = Database.client();
        client.scanPaginator(scan -> scan.tableName(table))
                .items()
                .forEach(
                        item ->
                                client.deleteItem(
                                        delete ->
                                                delete.tableName(table)
                                                        .key(
                                                                Map.of(
                                                                        Item.OWNER,
                                                                        item.get(Item.OWNER),
                                                                        Item.ID,
                                                                        item.get(Item.ID)))));
    }

    RunningStack running() {
        return running;
    }

    String table() {
        return table;
    }

    /** Returns the API itself, over the same table; it is started on first use. */
    synchronized ApiServer api(GatewaySetup setup) {
        if (api == null) {
            api =
                    ApiServer.over(
                            Database.client(),
                            table,
                            parts -> {
                                parts.owners(ApiClient::ownerOf);
                                parts.types = setup.types();
                            });
        }
        return api;
    }
}
