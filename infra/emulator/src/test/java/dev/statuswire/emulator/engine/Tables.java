package dev.statuswire.emulator.engine;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Creates tables of items {@code {id, value}} whose stream has new and old images. */
final class Tables {

    private Tables() {}

    static void create(DynamoDbClient client, String table) {
        create(client, table, "id");
    }

    static void create(DynamoDbClient client, String table, String key) {
        client.createTable(
                create ->
                        create.tableName(table)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .keySchema(
                                        KeySchemaElement.builder()
                                                .attributeName(key)
                                                .keyType(KeyType.HASH)
                                                .build())
                                .attributeDefinitions(
                                        AttributeDefinition.builder()
                                                .attributeName(key)
                                                .attributeType(ScalarAttributeType.S)
                                                .build())
                                .streamSpecification(
                                        stream ->
                                                stream.streamEnabled(true)
                                                        .streamViewType(
                                                                StreamViewType
                                                                        .NEW_AND_OLD_IMAGES)));
    }

    static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    static Map<String, AttributeValue> item(String id, String value) {
        return Map.of("id", AttributeValue.fromS(id), "value", AttributeValue.fromN(value));
    }
}
