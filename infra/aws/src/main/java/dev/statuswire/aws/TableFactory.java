package dev.statuswire.aws;

import dev.statuswire.core.table.TableDefinition;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.constructs.Construct;

/** Creates a table of the stack from the table definition in the core. */
final class TableFactory {

    /**
     * The maximum number of writes per second, of 1 KB each, to a table or an index of a stage for
     * trials, which has no other protection against costs: at most 1.13 USD per hour at the prices
     * of us-east-1.
     */
    private static final int MOST_WRITES_OF_A_TRIAL = 500;

    private final boolean guarded;

    /**
     * @param guarded whether the tables have deletion protection and are retained when the stack is
     *     deleted; a table of a stage for trials is not guarded and has a maximum of write units
     */
    TableFactory(boolean guarded) {
        this.guarded = guarded;
    }

    CfnTable definition(Construct scope, String id, TableDefinition of) {
        CreateTableRequest definition = of.named(id); // CloudFormation chooses the name
        var table =
                CfnTable.Builder.create(scope, id)
                        .billingMode(definition.billingModeAsString())
                        .attributeDefinitions(attributes(definition.attributeDefinitions()))
                        .keySchema(keys(definition.keySchema()))
                        .pointInTimeRecoverySpecification(
                                CfnTable.PointInTimeRecoverySpecificationProperty.builder()
                                        .pointInTimeRecoveryEnabled(true)
                                        .build())
                        .deletionProtectionEnabled(guarded)
                        .build();
        if (definition.hasGlobalSecondaryIndexes()) {
            table.setGlobalSecondaryIndexes(indexes(definition.globalSecondaryIndexes()));
        }
        if (definition.streamSpecification() != null) {
            table.setStreamSpecification(
                    CfnTable.StreamSpecificationProperty.builder()
                            .streamViewType(
                                    definition.streamSpecification().streamViewTypeAsString())
                            .build());
        }
        expire(table, of.timeToLive());
        if (!guarded) {
            table.setOnDemandThroughput(mostWrites());
        }
        table.applyRemovalPolicy(guarded ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
        return table;
    }

    private static CfnTable.OnDemandThroughputProperty mostWrites() {
        return CfnTable.OnDemandThroughputProperty.builder()
                .maxWriteRequestUnits(MOST_WRITES_OF_A_TRIAL)
                .build();
    }

    private static void expire(CfnTable table, String attribute) {
        table.setTimeToLiveSpecification(
                CfnTable.TimeToLiveSpecificationProperty.builder()
                        .enabled(true)
                        .attributeName(attribute)
                        .build());
    }

    private static List<CfnTable.AttributeDefinitionProperty> attributes(
            List<AttributeDefinition> definitions) {
        return definitions.stream()
                .map(
                        it ->
                                CfnTable.AttributeDefinitionProperty.builder()
                                        .attributeName(it.attributeName())
                                        .attributeType(it.attributeTypeAsString())
                                        .build())
                .toList();
    }

    private static List<CfnTable.KeySchemaProperty> keys(List<KeySchemaElement> keys) {
        return keys.stream()
                .map(
                        it ->
                                CfnTable.KeySchemaProperty.builder()
                                        .attributeName(it.attributeName())
                                        .keyType(it.keyTypeAsString())
                                        .build())
                .toList();
    }

    private List<Object> indexes(List<GlobalSecondaryIndex> indexes) {
        return indexes.stream()
                .<Object>map(
                        it ->
                                CfnTable.GlobalSecondaryIndexProperty.builder()
                                        .indexName(it.indexName())
                                        .keySchema(keys(it.keySchema()))
                                        .onDemandThroughput(guarded ? null : mostWrites())
                                        .projection(
                                                CfnTable.ProjectionProperty.builder()
                                                        .projectionType(
                                                                it.projection()
                                                                        .projectionTypeAsString())
                                                        .build())
                                        .build())
                .toList();
    }
}
