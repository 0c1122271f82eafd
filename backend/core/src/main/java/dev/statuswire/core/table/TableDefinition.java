package dev.statuswire.core.table;

import dev.statuswire.core.activity.ActivityLog;
import dev.statuswire.core.link.DynamoDbLinks;
import dev.statuswire.core.live.ConnectionsTable;
import dev.statuswire.core.transition.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The definitions of the tables: keys, index, stream and TTL attribute. All code that creates a
 * table uses them. All tables are billed per request.
 */
public enum TableDefinition {

    /**
     * Requests, as {@link Item}s, with a stream. The index {@value Item#DUE_INDEX} is sparse: it
     * contains only the keys of unfinished requests.
     *
     * <p>The reasons for this key: the list of an owner is one consistent Query, reading a status
     * is one GetItem, a caller cannot address another owner's request, and access can be restricted
     * by the leading key.
     */
    REQUESTS(true, Item.EXPIRES_AT, Item.OWNER, Item.ID) {
        @Override
        public CreateTableRequest named(String name) {
            return super.named(name).toBuilder()
                    .attributeDefinitions(
                            attribute(Item.OWNER, ScalarAttributeType.S),
                            attribute(Item.ID, ScalarAttributeType.S),
                            attribute(Item.DUE_SHARD, ScalarAttributeType.S),
                            attribute(Item.DUE_AT, ScalarAttributeType.N))
                    .globalSecondaryIndexes(
                            GlobalSecondaryIndex.builder()
                                    .indexName(Item.DUE_INDEX)
                                    .keySchema(keySchema(Item.DUE_SHARD, Item.DUE_AT))
                                    .projection(it -> it.projectionType(ProjectionType.KEYS_ONLY))
                                    .build())
                    .build();
        }
    },

    /** The users of the shipped types, with a stream; {@code UsersTable} describes the items. */
    USERS(true, "expiresAt", "key", null),

    /** The bookings of the shipped type book-trip; {@code Bookings} describes the items. */
    BOOKINGS(false, "expiresAt", "effectKey", null),

    /** Open connections and unused tickets, as described by {@link ConnectionsTable}. */
    CONNECTIONS(
            false,
            ConnectionsTable.EXPIRES_AT,
            ConnectionsTable.TOPIC,
            ConnectionsTable.CONNECTION_ID),

    /** The links to requests, as described by {@link DynamoDbLinks}, with an index by request. */
    LINKS(false, DynamoDbLinks.EXPIRES_AT, DynamoDbLinks.ID, null) {
        @Override
        public CreateTableRequest named(String name) {
            return super.named(name).toBuilder()
                    .attributeDefinitions(
                            attribute(DynamoDbLinks.ID, ScalarAttributeType.S),
                            attribute(DynamoDbLinks.REQUEST, ScalarAttributeType.S),
                            attribute(DynamoDbLinks.CREATED_AT, ScalarAttributeType.S))
                    .globalSecondaryIndexes(
                            GlobalSecondaryIndex.builder()
                                    .indexName(DynamoDbLinks.REQUEST_INDEX)
                                    .keySchema(
                                            keySchema(
                                                    DynamoDbLinks.REQUEST,
                                                    DynamoDbLinks.CREATED_AT))
                                    .projection(it -> it.projectionType(ProjectionType.ALL))
                                    .build())
                    .build();
        }
    },

    /** The changes to users, as described by {@link ActivityLog}. */
    ACTIVITY(false, ActivityLog.EXPIRES_AT, ActivityLog.USERNAME, ActivityLog.SEQUENCE);

    private final boolean hasStream;
    private final String timeToLive;
    private final String partitionKey;
    private final @Nullable String sortKey;

    TableDefinition(
            boolean hasStream, String timeToLive, String partitionKey, @Nullable String sortKey) {
        this.hasStream = hasStream;
        this.timeToLive = timeToLive;
        this.partitionKey = partitionKey;
        this.sortKey = sortKey;
    }

    /**
     * Returns the request that creates the table. DynamoDB requires a separate call to enable TTL.
     */
    public CreateTableRequest named(String name) {
        List<KeySchemaElement> keys = keySchema(partitionKey, sortKey);
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        keys.stream()
                                .map(key -> attribute(key.attributeName(), ScalarAttributeType.S))
                                .toList())
                .keySchema(keys)
                .streamSpecification(hasStream ? newAndOldImages() : null)
                .build();
    }

    /** Returns the name of the partition key. */
    public String partitionKey() {
        return partitionKey;
    }

    /** Returns the name of the TTL attribute, which contains epoch seconds. */
    public String timeToLive() {
        return timeToLive;
    }

    private static StreamSpecification newAndOldImages() {
        return StreamSpecification.builder()
                .streamEnabled(true)
                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                .build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static List<KeySchemaElement> keySchema(String partitionKey, @Nullable String sortKey) {
        KeySchemaElement partition = key(partitionKey, KeyType.HASH);
        return sortKey == null
                ? List.of(partition)
                : List.of(partition, key(sortKey, KeyType.RANGE));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
