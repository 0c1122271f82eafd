package dev.statuswire.notifier.connections;

import dev.statuswire.core.live.ConnectionsTable;
import dev.statuswire.core.live.Topic;
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

    private static final String OF_TOPIC = ConnectionsTable.TOPIC + " = :topic";
    private static final String NOT_EXPIRED = ConnectionsTable.EXPIRES_AT + " > :now";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final int maxPerTopic;
    private final InstantSource clock;

    /**
     * Creates a store on {@code table}.
     *
     * @param maxPerTopic how many connections one topic may have, at least 1
     */
    public DynamoDbConnectionStore(
            DynamoDbClient dynamoDb, String table, int maxPerTopic, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.maxPerTopic = maxPerTopic;
        this.clock = clock;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Writes first and then counts, so that concurrent subscriptions never exceed {@code
     * maxPerTopic}: the last one to count sees all of them. Several may be refused although there
     * was room for one of them.
     */
    @Override
    public SubscribeOutcome subscribe(Topic topic, String connectionId) {
        try {
            put(topic, connectionId);
            if (count(topic) <= maxPerTopic) {
                return SubscribeOutcome.SUBSCRIBED;
            }
            delete(topic, connectionId);
            return SubscribeOutcome.TOO_MANY;
        } catch (SdkException failed) {
            throw new StoreException("subscription of a connection of " + topic.owner(), failed);
        }
    }

    private void put(Topic topic, String connectionId) {
        var item = new HashMap<>(ConnectionsTable.connectionKey(topic, connectionId));
        item.put(
                ConnectionsTable.EXPIRES_AT,
                ConnectionsTable.seconds(clock.instant().plus(LIFETIME)));
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    private int count(Topic topic) {
        var query = ofTopic(topic).select(Select.COUNT).build();
        return dynamoDb.queryPaginator(query).stream().mapToInt(page -> page.count()).sum();
    }

    @Override
    public void unsubscribe(Topic topic, String connectionId) {
        try {
            delete(topic, connectionId);
        } catch (SdkException failed) {
            throw new StoreException("removal of a connection of " + topic.owner(), failed);
        }
    }

    private void delete(Topic topic, String connectionId) {
        dynamoDb.deleteItem(
                request ->
                        request.tableName(table)
                                .key(ConnectionsTable.connectionKey(topic, connectionId)));
    }

    @Override
    public List<String> subscribers(Topic topic) {
        var query = ofTopic(topic).projectionExpression(ConnectionsTable.CONNECTION_ID).build();
        try {
            return dynamoDb.queryPaginator(query).items().stream()
                    .map(DynamoDbConnectionStore::connectionId)
                    .toList();
        } catch (SdkException failed) {
            throw new StoreException("query for the connections of " + topic.owner(), failed);
        }
    }

    /**
     * Returns the connections of owners, by their owners. Reads the whole table, consistently, and
     * blocks for that.
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

    private QueryRequest.Builder ofTopic(Topic topic) {
        Instant now = clock.instant();
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression(OF_TOPIC)
                .filterExpression(NOT_EXPIRED)
                .expressionAttributeValues(
                        Map.of(
                                ":topic",
                                ConnectionsTable.partitionOf(topic),
                                ":now",
                                ConnectionsTable.seconds(now)));
    }

    private static String connectionId(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get(ConnectionsTable.CONNECTION_ID)).s();
    }
}
