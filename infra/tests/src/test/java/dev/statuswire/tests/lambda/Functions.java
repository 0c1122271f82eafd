package dev.statuswire.tests.lambda;

import dev.statuswire.core.function.SnapshotKeepAliveEvent;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.core.transition.Transitions;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.mapping.StreamEvents;
import dev.statuswire.tests.faults.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Unpacks a zip and starts its functions, with a database; one instance for each test class, in a
 * field {@code @RegisterExtension static final}. Functions start concurrently; their first
 * invocation waits for the start.
 */
final class Functions implements AfterAllCallback {

    static final String REQUESTS = "statuswire-requests";
    static final String USERS = "statuswire-users";
    static final String OWNER = "ada";

    private final EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);
    private final FaultProxy databaseProxy = new FaultProxy(engine.endpoint());
    private final Path folder;
    private final Path code;
    private final List<Function> functions = new ArrayList<>();

    /** Unpacks the code of {@code zip} and the layer of the types. */
    Functions(Zip zip) {
        try {
            folder = Files.createTempDirectory("lambda");
            code = Files.createDirectory(folder.resolve("task"));
            zip.unpack("", code);
            // On Lambda, the layer is in /opt/java/lib, which the same class loader reads
            // afterwards.
            Zip.TYPES_LAYER.unpack("java/", code);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        Stream.of(
                        TableDefinition.REQUESTS.named(REQUESTS),
                        TableDefinition.USERS.named(USERS),
                        TableDefinition.CONNECTIONS.named("statuswire-connections"),
                        TableDefinition.ACTIVITY.named("statuswire-activity"))
                .forEach(engine.client()::createTable);
    }

    /** Starts the function with this handler. */
    Function start(Class<?> handler, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("STATUSWIRE_DYNAMODB_ENDPOINT", databaseProxy.uri().toString());
        try {
            var function = new Function(code, handler, all);
            functions.add(function);
            return function;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    EmbeddedDynamoDb engine() {
        return engine;
    }

    FaultProxy databaseProxy() {
        return databaseProxy;
    }

    RequestStore store() {
        return new DynamoDbRequestStore(
                engine.client(), REQUESTS, new Transitions(TransitionTiming.DEFAULT));
    }

    /** Returns the event that the schedule sends to each function once a day. */
    static String keepActive() {
        return Json.write(Json.MAPPER.valueToTree(SnapshotKeepAliveEvent.EVENT));
    }

    /**
     * Returns an event with all records about {@code key} from the stream of the requests table.
     */
    String eventOf(RequestKey key) {
        return StreamEvents.json(
                engine,
                REQUESTS,
                StreamEvents.records(engine, REQUESTS).stream()
                        .filter(it -> key.id().equals(id(it)))
                        .toList());
    }

    private static String id(Record record) {
        return Objects.requireNonNull(record.dynamodb().keys().get("id")).s();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        functions.forEach(Function::close);
        databaseProxy.close();
        engine.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Functions::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
