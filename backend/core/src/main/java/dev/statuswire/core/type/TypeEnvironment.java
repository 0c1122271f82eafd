package dev.statuswire.core.type;

import dev.statuswire.core.settings.Environment;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What a process offers to the request types whose steps it runs. */
public interface TypeEnvironment {

    /** Returns an environment with the given client and variables. */
    static TypeEnvironment of(DynamoDbClient client, Environment environment) {
        return new TypeEnvironment() {
            @Override
            public DynamoDbClient dynamoDb() {
                return client;
            }

            @Override
            public Optional<String> setting(String name) {
                return environment.text(name);
            }
        };
    }

    /** Returns the DynamoDB client of the process. The type must not close it. */
    DynamoDbClient dynamoDb();

    /**
     * Returns a setting.
     *
     * @param name the name of its environment variable
     * @return empty if the variable is not set or blank
     */
    Optional<String> setting(String name);
}
