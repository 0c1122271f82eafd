package dev.statuswire.core.type;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the process that runs a type's steps offers it. */
public interface TypeEnvironment {

    /** The process's DynamoDB client; not the type's to close. */
    DynamoDbClient dynamoDb();

    /** A setting, by the name of its environment variable; empty where it is not set. */
    Optional<String> setting(String name);
}
