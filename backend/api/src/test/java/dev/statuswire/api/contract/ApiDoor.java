package dev.statuswire.api.contract;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.core.store.DynamoDbDueIndex;
import dev.statuswire.core.store.DynamoDbRequestStore;
import dev.statuswire.core.store.RequestStore;
import dev.statuswire.core.testing.CountingDynamoDb;
import dev.statuswire.core.testing.InMemoryRequestStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The API itself as a front end. */
public final class ApiDoor implements Door {

    private final ApiServer server;
    private final RequestStore store;
    private final InstantSource clock;
    private final Supplier<List<String>> calls;

    private ApiDoor(ApiServer.Parts parts, Supplier<List<String>> calls) {
        this.server = ApiServer.start(parts);
        this.store = parts.store;
        this.clock = parts.clock;
        this.calls = calls;
    }

    /** Starts the API with an in-memory store, after {@code change} has changed its parts. */
    public static ApiDoor inMemory(Consumer<ApiServer.Parts> change) {
        var clock = new AtomicReference<>(InstantSource.system());
        var store =
                new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS, () -> clock.get().instant());
        var parts = new ApiServer.Parts(store, store);
        parts.owners(ApiClient::ownerOf);
        change.accept(parts);
        clock.set(parts.clock);
        return new ApiDoor(parts, List::of);
    }

    /** Starts the API with the table {@code table}. */
    public static ApiDoor over(DynamoDbClient dynamoDb, String table) {
        var counted = new CountingDynamoDb(dynamoDb);
        var parts =
                new ApiServer.Parts(
                        new DynamoDbRequestStore(
                                counted.client(), table, ApiServer.Parts.TRANSITIONS),
                        new DynamoDbDueIndex(counted.client(), table));
        parts.owners(ApiClient::ownerOf);
        return new ApiDoor(parts, counted::calls);
    }

    /** Returns the API's server. */
    public ApiServer server() {
        return server;
    }

    @Override
    public ApiClient client() {
        return server.client();
    }

    @Override
    public RequestStore store() {
        return store;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Set<Difference> differences() {
        return Set.of();
    }

    @Override
    public List<String> databaseCalls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.close();
    }
}
