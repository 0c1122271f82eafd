package dev.statuswire.core.type;

import dev.statuswire.core.settings.Environment;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the process that runs a type's steps offers it. */
public interface TypeEnvironment {

    /** A process's client and variables. */
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

    /** The process's DynamoDB client; not the type's to close. */
    DynamoDbClient dynamoDb();

    /** A setting, by the name of its environment variable; empty where it is not set. */
    Optional<String> setting(String name);
}
