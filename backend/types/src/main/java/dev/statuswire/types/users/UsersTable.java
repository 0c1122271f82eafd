package dev.statuswire.types.users;

import dev.statuswire.core.table.TableDefinition;
import dev.statuswire.core.type.TypeEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

    /**
     * A user who is there from the beginning and everybody's, so that an example of a change to a
     * user can succeed on a new database.
     */
    static final User FIRST_USER = new User("demo", "Demo User", "demo@example.com");

    /** The attribute that says whose a user is; absent for one who is everybody's. */
    public static final String OWNER = "owner";

    static final String KEY = TableDefinition.USERS.partitionKey();
    static final String EXPIRES_AT = TableDefinition.USERS.timeToLive();
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
