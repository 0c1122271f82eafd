package dev.statuswire.notifier.connections;

import dev.statuswire.core.live.ConnectionsTable;
import dev.statuswire.core.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Stores connections in a DynamoDB table, in the form that {@link ConnectionsTable} describes. */
public final class DynamoDbConnectionStore implements ConnectionStore {

    /** A connection lives for 2 hours. The rest allows for clocks that differ. */
    private static final Duration LIFETIME = Duration.ofHours(2).plusMinutes(10);

    private static final String OF_OWNER = ConnectionsTable.TOPIC + " = :topic";
    private static final String NOT_EXPIRED = ConnectionsTable.EXPIRES_AT + " > :now";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final int maxPerOwner;
    private final InstantSource clock;

    /**
     * Creates a store on {@code table}.
     *
     * @param maxPerOwner how many connections one owner may have, at least 1
     */
    public DynamoDbConnectionStore(
            DynamoDbClient dynamoDb, String table, int maxPerOwner, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.maxPerOwner = maxPerOwner;
        this.clock = clock;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Writes first and then counts, so that concurrent subscriptions never exceed {@code
     * maxPerOwner}: the last one to count sees all of them. Several may be refused although there
     * was room for one of them.
     */
    @Override
    public SubscribeOutcome subscribe(String owner, String connectionId) {
        try {
            put(owner, connectionId);
            if (count(owner) <= maxPerOwner) {
                return SubscribeOutcome.SUBSCRIBED;
            }
            delete(owner, connectionId);
            return SubscribeOutcome.TOO_MANY;
        } catch (SdkException failed) {
            throw new StoreException("subscription of a connection of " + owner, failed);
        }
    }

    private void put(String owner, String connectionId) {
        var item = new HashMap<>(ConnectionsTable.connectionKey(owner, connectionId));
        item.put(
                ConnectionsTable.EXPIRES_AT,
                ConnectionsTable.seconds(clock.instant().plus(LIFETIME)));
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    private int count(String owner) {
        var query = ofOwner(owner).select(Select.COUNT).build();
        return dynamoDb.queryPaginator(query).stream().mapToInt(page -> page.count()).sum();
    }

    @Override
    public void unsubscribe(String owner, String connectionId) {
        try {
            delete(owner, connectionId);
        } catch (SdkException failed) {
            throw new StoreException("removal of a connection of " + owner, failed);
        }
    }

    private void delete(String owner, String connectionId) {
        dynamoDb.deleteItem(
                request ->
                        request.tableName(table)
                                .key(ConnectionsTable.connectionKey(owner, connectionId)));
    }

    @Override
    public List<String> subscribers(String owner) {
        var query = ofOwner(owner).projectionExpression(ConnectionsTable.CONNECTION_ID).build();
        try {
            return dynamoDb.queryPaginator(query).items().stream()
                    .map(DynamoDbConnectionStore::connectionId)
                    .toList();
        } catch (SdkException failed) {
            throw new StoreException("query for the connections of " + owner, failed);
        }
    }

    /**
     * Returns all connections, by their owners. Reads the whole table, consistently, and blocks for
     * that.
     *
     * @throws StoreException if the database does not respond
     */
    public Map<String, List<String>> byOwner() {
        var scan =
                ScanRequest.builder()
                        .tableName(table)
                        .consistentRead(true)
                        .filterExpression(NOT_EXPIRED)
                        .expressionAttributeValues(
                                Map.of(":now", ConnectionsTable.seconds(clock.instant())))
                        .build();
        var byOwner = new HashMap<String, List<String>>();
        try {
            for (Map<String, AttributeValue> item : dynamoDb.scanPaginator(scan).items()) {
                owner(item)
                        .ifPresent(
                                owner ->
                                        byOwner.computeIfAbsent(owner, key -> new ArrayList<>())
                                                .add(connectionId(item)));
            }
        } catch (SdkException failed) {
            throw new StoreException("scan for all connections", failed);
        }
        return byOwner;
    }

    private static Optional<String> owner(Map<String, AttributeValue> item) {
        return ConnectionsTable.ownerOf(Objects.requireNonNull(item.get(ConnectionsTable.TOPIC)));
    }

    private QueryRequest.Builder ofOwner(String owner) {
        Instant now = clock.instant();
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression(OF_OWNER)
                .filterExpression(NOT_EXPIRED)
                .expressionAttributeValues(
                        Map.of(
                                ":topic",
                                ConnectionsTable.topicOf(owner),
                                ":now",
                                ConnectionsTable.seconds(now)));
    }

    private static String connectionId(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get(ConnectionsTable.CONNECTION_ID)).s();
    }
}
