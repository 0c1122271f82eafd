package dev.statuswire.bench.function;

import dev.statuswire.api.function.ApiFunction;
import dev.statuswire.bench.drive.Api;
import dev.statuswire.bench.drive.Note;
import dev.statuswire.bench.type.BenchNote;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.transition.Item;
import dev.statuswire.emulator.mapping.WrittenItem;
import dev.statuswire.identity.TokenAuthorizer;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is deployed, each with an invocation as it has them most. */
final class Deployables {

    private static final String NONE_FAILED = "{\"batchItemFailures\":[]}";

    private final FunctionTables tables;
    private final Issuer issuer;
    private final Pushes pushes;

    Deployables(FunctionTables tables, Issuer issuer, Pushes pushes) {
        this.tables = tables;
        this.issuer = issuer;
        this.pushes = pushes;
    }

    /** The one that does nothing but look for an item. */
    static Deployable nothing() {
        return Deployable.of(
                "nothing", Zip.NOTHING, NothingFunction.class, () -> Invocation.of("{}"), "false");
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
                        this::workedOn,
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
                        "sweeper",
                        Zip.PROCESSOR,
                        Sweeper.class,
                        () -> Invocation.of(GatewayEvents.minute()),
                        "null")
                .told(FunctionTables.settingsWithNothingDue());
    }

    private Deployable notifier() {
        return Deployable.of(
                        "notifier", Zip.NOTIFIER, StatusNotifier.class, this::pushed, NONE_FAILED)
                .andTypes()
                .told(pushes.settings());
    }

    private static Deployable live() {
        return Deployable.of(
                "live",
                Zip.NOTIFIER,
                LiveHandler.class,
                () -> Invocation.of(GatewayEvents.subscribe(FunctionTables.OWNER)),
                "subscribed");
    }

    private Deployable ticketAuthorizer() {
        return Deployable.of(
                "ticket-authorizer",
                Zip.NOTIFIER,
                TicketAuthorizer.class,
                () -> Invocation.of(GatewayEvents.connect(tables.ticket())),
                "\"Allow\"");
    }

    private static Deployable activity() {
        return Deployable.of(
                        "activity",
                        Zip.PROCESSOR,
                        ActivityRecorder.class,
                        Deployables::writtenDown,
                        NONE_FAILED)
                .andTypes();
    }

    private Deployable tokenAuthorizer() {
        return Deployable.of(
                        "token-authorizer",
                        Zip.IDENTITY,
                        TokenAuthorizer.class,
                        () -> Invocation.of(GatewayEvents.authorize(token())),
                        "\"Allow\"")
                .told(issuer.settings());
    }

    private String token() {
        return issuer.tokenOf(FunctionTables.OWNER);
    }

    private Invocation submission() {
        String input = Note.input(Note.LETTERS);
        return Invocation.of(GatewayEvents.submit(Api.newId(), BenchNote.NAME, input, token()));
    }

    private Invocation workedOn() {
        Map<String, AttributeValue> item = tables.submit();
        return new Invocation(recordOf(item), () -> tables.isWorkedOn(item));
    }

    private Invocation handedOver() {
        Map<String, AttributeValue> item = tables.submit();
        RequestKey key = Item.keyOf(item);
        var event = Json.MAPPER.createObjectNode().put("owner", key.owner()).put("id", key.id());
        return new Invocation(Json.write(event), () -> tables.isWorkedOn(item));
    }

    private Invocation pushed() {
        int before = pushes.count();
        return new Invocation(recordOf(tables.submit()), () -> pushes.count() > before);
    }

    private static String recordOf(Map<String, AttributeValue> item) {
        return WrittenItem.event(item, Item.OWNER, Item.ID);
    }

    private static Invocation writtenDown() {
        return Invocation.of(WrittenItem.event(UsersTable.firstItems().getFirst(), "key"));
    }
}
