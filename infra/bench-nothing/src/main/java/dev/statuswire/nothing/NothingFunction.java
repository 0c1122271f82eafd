package dev.statuswire.nothing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.statuswire.core.settings.AwsClients;
import dev.statuswire.core.settings.Environment;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks for one item that is not there, and nothing else: the least that a function does that has
 * to ask the database. Its event is any object of strings.
 */
public final class NothingFunction implements RequestHandler<Map<String, String>, Boolean> {

    private final DynamoDbClient dynamoDb;
    private final String table;

    /** As Lambda makes it: everything from the environment. */
    public NothingFunction() {
        var environment = Environment.ofProcess();
        dynamoDb = AwsClients.dynamoDb(environment.uri("STATUSWIRE_DYNAMODB_ENDPOINT"));
        table = environment.text("STATUSWIRE_REQUESTS_TABLE").orElse("statuswire-requests");
    }

    @Override
    public Boolean handleRequest(Map<String, String> event, Context context) {
        return dynamoDb.getItem(
                        get ->
                                get.tableName(table)
                                        .key(
                                                Map.of(
                                                        "owner",
                                                        AttributeValue.fromS("nobody"),
                                                        "id",
                                                        AttributeValue.fromS("nothing"))))
                .hasItem();
    }
}
