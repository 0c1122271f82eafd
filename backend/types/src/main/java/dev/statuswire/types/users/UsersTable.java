package dev.statuswire.types.users;

import dev.statuswire.core.type.TypeEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * The users table, with its stream of new and old images and TTL on {@code expiresAt}.
 *
 * <pre>
 * key  S  partition key, one of
 *   user#&lt;username&gt;    {username, name, email, effectKey, owner?}  a user; in the key in lower case;
 *                       where there is an owner, only that one's requests may change or see it
 *   email#&lt;email&gt;      {username}                          that e-mail is taken
 *   effect#&lt;effectKey&gt; {output, expiresAt}                 that change is made, with what came of it
 *   tries#&lt;effectKey&gt;  {tries, expiresAt}                  how often a simulated failure was tried
 * </pre>
 */
public final class UsersTable {

    /** The attribute that TTL goes by: epoch seconds. */
    public static final String EXPIRES_AT = "expiresAt";

    /**
     * A user who is there from the beginning and everybody's, so that an example of a change to a
     * user can succeed on a new database.
     */
    static final User FIRST_USER = new User("demo", "Demo User", "demo@example.com");

    /** The attribute that says whose a user is; absent for one who is everybody's. */
    public static final String OWNER = "owner";

    static final String KEY = "key";
    static final String USERNAME = "username";
    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String EFFECT_KEY = "effectKey";
    static final String OUTPUT = "output";

    private static final String USER = "user#";

    private UsersTable() {}

    /** Its name, from {@code STATUSWIRE_USERS_TABLE}. */
    public static String in(TypeEnvironment environment) {
        return environment.setting("STATUSWIRE_USERS_TABLE").orElse("statuswire-users");
    }

    /** How to make it. */
    public static CreateTableRequest definition(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName(KEY)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                .keySchema(
                        KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH).build())
                .streamSpecification(
                        StreamSpecification.builder()
                                .streamEnabled(true)
                                .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                                .build())
                .build();
    }

    /** What to write into a table that was just made. */
    public static List<Map<String, AttributeValue>> firstItems() {
        return Users.items(FIRST_USER, "none");
    }

    /** Whose item that is, in lower case; empty where it is no user's. */
    public static Optional<String> usernameOf(String key) {
        return key.startsWith(USER) ? Optional.of(key.substring(USER.length())) : Optional.empty();
    }

    static Map<String, AttributeValue> userKey(String username) {
        return key(USER + User.folded(username));
    }

    static Map<String, AttributeValue> emailKey(String email) {
        return key("email#" + User.folded(email));
    }

    static Map<String, AttributeValue> effectKey(String effectKey) {
        return key("effect#" + effectKey);
    }

    /** The key of the count of tries of a simulated failure. */
    public static Map<String, AttributeValue> triesKey(String effectKey) {
        return key("tries#" + effectKey);
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of(KEY, AttributeValue.fromS(key));
    }
}
