package dev.statuswire.bench.function;

import dev.statuswire.bench.drive.Note;
import dev.statuswire.core.live.ConnectionsTable;
import dev.statuswire.core.live.DynamoDbTickets;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.transition.Item;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables for functions, apart from those of the local runtime, whose own processor would be
 * quicker; and what has to be in them before a function is invoked.
 */
final class FunctionTables implements AutoCloseable {

    static final String OWNER = "ada";

    private static final String PREFIX = "bench-function-";
    private static final String NOTHING_DUE = PREFIX + "nothing-due";
    private static final Duration CONNECTED = Duration.ofHours(2);

    private final DynamoDbClient client;
    private final URI database;

    private FunctionTables(URI database) {
        this.database = database;
        this.client = AwsClients.dynamoDb(Optional.of(database));
    }

    /** Makes them, with one live connection of {@value #OWNER}. */
    static FunctionTables make(URI database) {
        var tables = new FunctionTables(database);
        tables.client.createTable(TableDefinition.REQUESTS.named(PREFIX + "requests"));
        tables.client.createTable(TableDefinition.REQUESTS.named(NOTHING_DUE));
        tables.client.createTable(TableDefinition.USERS.named(PREFIX + "users"));
        tables.client.createTable(TableDefinition.CONNECTIONS.named(PREFIX + "connections"));
        tables.client.createTable(TableDefinition.ACTIVITY.named(PREFIX + "activity"));
        tables.connect();
        return tables;
    }

    private void connect() {
        var row = new HashMap<>(ConnectionsTable.connectionKey(OWNER, "Bench="));
        row.put(
                ConnectionsTable.EXPIRES_AT,
                ConnectionsTable.seconds(Instant.now().plus(CONNECTED)));
        client.putItem(put -> put.tableName(PREFIX + "connections").item(row));
    }

    /** What a function has to be told to use them. */
    Map<String, String> settings() {
        return Map.of(
                "STATUSWIRE_DYNAMODB_ENDPOINT", database.toString(),
                "STATUSWIRE_REQUESTS_TABLE", PREFIX + "requests",
                "STATUSWIRE_USERS_TABLE", PREFIX + "users",
                "STATUSWIRE_CONNECTIONS_TABLE", PREFIX + "connections",
                "STATUSWIRE_ACTIVITY_TABLE", PREFIX + "activity");
    }

    /** The same for a sweeper: what others leave behind is due after a minute. */
    static Map<String, String> settingsWithNothingDue() {
        return Map.of("STATUSWIRE_REQUESTS_TABLE", NOTHING_DUE);
    }

    /** Stores a new note; its item. */
    Map<String, AttributeValue> submit() {
        Map<String, AttributeValue> item = Note.newItem(OWNER);
        client.putItem(put -> put.tableName(PREFIX + "requests").item(item));
        return item;
    }

    /**
     * Whether somebody has worked on a request that was submitted. Where a machine is so busy that
     * the function's time was over, it was handed back, which is as many writes as a success.
     */
    boolean isWorkedOn(Map<String, AttributeValue> submitted) {
        RequestKey key = Item.keyOf(submitted);
        var found =
                client.getItem(
                        get ->
                                get.tableName(PREFIX + "requests")
                                        .key(Item.key(key))
                                        .consistentRead(true));
        return Item.read(found.item()).filter(request -> request.version() > 1).isPresent();
    }

    /** Issues a ticket. */
    String ticket() {
        return new DynamoDbTickets(
                        client, PREFIX + "connections", new SecureRandom(), InstantSource.system())
                .issue(OWNER)
                .value();
    }

    @Override
    public void close() {
        client.close();
    }
}
