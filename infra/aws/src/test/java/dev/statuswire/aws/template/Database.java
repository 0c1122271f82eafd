package dev.statuswire.aws.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.emulator.engine.EmbeddedDynamoDb;
import dev.statuswire.emulator.mapping.PositionsTable;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;

/** One in-memory DynamoDB Local for all stacks of this process. */
public final class Database {

    static final String POSITIONS = "positions";

    private static final EmbeddedDynamoDb ENGINE = started();

    private Database() {}

    private static EmbeddedDynamoDb started() {
        EmbeddedDynamoDb engine = EmbeddedDynamoDb.inMemory(0);
        engine.client().createTable(PositionsTable.definition(POSITIONS));
        return engine;
    }

    static EmbeddedDynamoDb engine() {
        return ENGINE;
    }

    /** Returns its endpoint. */
    public static URI endpoint() {
        return ENGINE.endpoint();
    }

    /** Returns a client for it. */
    public static DynamoDbClient client() {
        return ENGINE.client();
    }

    /** Creates a table with the properties in the template. */
    static void make(Resource table, String name) {
        var create =
                CreateTableRequest.builder()
                        .tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(attributes(table.get("AttributeDefinitions")))
                        .keySchema(keys(table.get("KeySchema")));
        if (!table.get("GlobalSecondaryIndexes").isEmpty()) {
            create.globalSecondaryIndexes(
                    table.get("GlobalSecondaryIndexes")
                            .valueStream()
                            .map(Database::index)
                            .toList());
        }
        String view = table.get("StreamSpecification").path("StreamViewType").asText();
        if (!view.isEmpty()) {
            create.streamSpecification(
                    StreamSpecification.builder().streamEnabled(true).streamViewType(view).build());
        }
        client().createTable(create.build());
        JsonNode expiry = table.get("TimeToLiveSpecification");
        if (expiry.path("Enabled").asBoolean()) {
            client().updateTimeToLive(
                            update ->
                                    update.tableName(name)
                                            .timeToLiveSpecification(
                                                    it ->
                                                            it.enabled(true)
                                                                    .attributeName(
                                                                            expiry.path(
                                                                                            "AttributeName")
                                                                                    .asText())));
        }
    }

    private static List<AttributeDefinition> attributes(JsonNode json) {
        return json.valueStream()
                .map(
                        it ->
                                AttributeDefinition.builder()
                                        .attributeName(it.path("AttributeName").asText())
                                        .attributeType(it.path("AttributeType").asText())
                                        .build())
                .toList();
    }

    private static List<KeySchemaElement> keys(JsonNode json) {
        return json.valueStream()
                .map(
                        it ->
                                KeySchemaElement.builder()
                                        .attributeName(it.path("AttributeName").asText())
                                        .keyType(it.path("KeyType").asText())
                                        .build())
                .toList();
    }

    private static GlobalSecondaryIndex index(JsonNode json) {
        return GlobalSecondaryIndex.builder()
                .indexName(json.path("IndexName").asText())
                .keySchema(keys(json.path("KeySchema")))
                .projection(
                        Projection.builder()
                                .projectionType(json.at("/Projection/ProjectionType").asText())
                                .build())
                .build();
    }
}
