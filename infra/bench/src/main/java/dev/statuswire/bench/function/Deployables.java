package dev.statuswire.bench.function;

import dev.statuswire.api.function.ApiFunction;
import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import dev.statuswire.identity.TokenAuthorizer;
import dev.statuswire.local.mapping.WrittenItem;
import dev.statuswire.nothing.NothingFunction;
import dev.statuswire.notifier.LiveHandler;
import dev.statuswire.notifier.StatusNotifier;
import dev.statuswire.notifier.TicketAuthorizer;
import dev.statuswire.processor.StreamProcessor;
import dev.statuswire.processor.Sweeper;
import dev.statuswire.processor.Worker;
import dev.statuswire.types.activity.ActivityRecorder;
import dev.statuswire.types.users.UsersTable;
import java.util.List;
import java.util.Map;

/** What is deployed, each with an invocation as it has them most. */
final class Deployables {

    private static final String NONE_FAILED = "{\"batchItemFailures\":[]}";

    private final FunctionTables tables;
    private final Issuer issuer;
    private final LoopbackHttp connections;

    /**
     * @param connections in the place of {@code @connections}
     */
    Deployables(FunctionTables tables, Issuer issuer, LoopbackHttp connections) {
        this.tables = tables;
        this.issuer = issuer;
        this.connections = connections;
    }

    /** The one that does nothing but look for an item. */
    static Deployable nothing() {
        return Deployable.of("nothing", Zip.NOTHING, NothingFunction.class, () -> "{}", "false");
    }

    /** The two that every submission has to wait for stand first. */
    List<Deployable> all() {
        return List.of(
                processor(),
                api(),
                worker(),
                sweeper(),
                notifier(),
                live(),
                ticketAuthorizer(),
                activity(),
                tokenAuthorizer());
    }

    private Deployable processor() {
        return Deployable.of(
                        "processor",
                        Zip.PROCESSOR,
                        StreamProcessor.class,
                        this::recordOfANote,
                        NONE_FAILED)
                .andTypes();
    }

    private Deployable api() {
        return Deployable.of("api", Zip.API, ApiFunction.class, this::submission, ":202")
                .andTypes()
                .told(issuer.settings());
    }

    private Deployable worker() {
        return Deployable.of("worker", Zip.PROCESSOR, Worker.class, this::handedOver, "null")
                .andTypes();
    }

    private static Deployable sweeper() {
        return Deployable.of(
                "sweeper", Zip.PROCESSOR, Sweeper.class, GatewayEvents::minute, "null");
    }

    private Deployable notifier() {
        return Deployable.of(
                        "notifier",
                        Zip.NOTIFIER,
                        StatusNotifier.class,
                        this::recordOfANote,
                        NONE_FAILED)
                .andTypes()
                .told(Map.of("STATUSWIRE_CONNECTIONS_ENDPOINT", connections.uri() + "/live"));
    }

    private static Deployable live() {
        return Deployable.of(
                "live",
                Zip.NOTIFIER,
                LiveHandler.class,
                () -> GatewayEvents.subscribe(FunctionTables.OWNER),
                "subscribed");
    }

    private Deployable ticketAuthorizer() {
        return Deployable.of(
                "ticket-authorizer",
                Zip.NOTIFIER,
                TicketAuthorizer.class,
                () -> GatewayEvents.connect(tables.ticket()),
                "\"Allow\"");
    }

    private static Deployable activity() {
        return Deployable.of(
                        "activity",
                        Zip.PROCESSOR,
                        ActivityRecorder.class,
                        Deployables::recordOfAUser,
                        NONE_FAILED)
                .andTypes();
    }

    private Deployable tokenAuthorizer() {
        return Deployable.of(
                        "token-authorizer",
                        Zip.IDENTITY,
                        TokenAuthorizer.class,
                        () -> GatewayEvents.authorize(issuer.tokenOf(FunctionTables.OWNER)),
                        "\"Allow\"")
                .told(issuer.settings());
    }

    private String submission() {
        return GatewayEvents.submit(
                Api.newId(), BenchNote.NAME, Api.input(100), issuer.tokenOf(FunctionTables.OWNER));
    }

    private String recordOfANote() {
        return WrittenItem.event(tables.submit(), Item.OWNER, Item.ID);
    }

    private static String recordOfAUser() {
        return WrittenItem.event(UsersTable.firstItems().getFirst(), "key");
    }

    private String handedOver() {
        RequestKey key = Item.keyOf(tables.submit());
        return Json.write(
                Json.MAPPER.createObjectNode().put("owner", key.owner()).put("id", key.id()));
    }
}
