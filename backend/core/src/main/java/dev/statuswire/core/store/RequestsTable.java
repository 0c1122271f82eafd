package dev.statuswire.core.store;

import dev.statuswire.core.transition.Item;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The requests table: partition key {@code owner}, sort key {@code id}, stream of new and old
 * images, TTL on {@code expiresAt}, and the index {@value #DUE_INDEX} (partition {@code dueShard},
 * sort {@code dueAt}, keys only), which is sparse: only unfinished requests are in it.
 *
 * <p>Why this key: the list of an owner is one consistent Query, a status is one GetItem, another
 * owner's request cannot even be named, and access can be scoped by leading key.
 */
public final class RequestsTable {

    /** The index of what is due. */
    public static final String DUE_INDEX = "due";

    private RequestsTable() {}

    /** How to make it. */
    public static CreateTableRequest definition(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute(Item.OWNER, ScalarAttributeType.S),
                        attribute(Item.ID, ScalarAttributeType.S),
                        attribute(Item.DUE_SHARD, ScalarAttributeType.S),
                        attribute(Item.DUE_AT, ScalarAttributeType.N))
                .keySchema(key(Item.OWNER, KeyType.HASH), key(Item.ID, KeyType.RANGE))
                .globalSecondaryIndexes(
                        GlobalSecondaryIndex.builder()
                                .indexName(DUE_INDEX)
                                .keySchema(
                                        key(Item.DUE_SHARD, KeyType.HASH),
                                        key(Item.DUE_AT, KeyType.RANGE))
                                .projection(
                                        Projection.builder()
                                                .projectionType(ProjectionType.KEYS_ONLY)
                                                .build())
                                .build())
                .streamSpecification(
                        StreamSpecification.builder()
                                .streamEnabled(true)
                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                                .build())
                .build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
