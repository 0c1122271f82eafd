package dev.statuswire.types.users;

import dev.statuswire.sdk.TypeEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The users table, with a stream of new and old images. Its TTL attribute is {@code expiresAt}.
 *
 * <pre>
 * key  S  partition key, one of
 *   user#&lt;username&gt;    {username, name, email, effectKey, owner?}  a user; the key is in lower case;
 *                       only requests of the owner, if there is one, may read or change the user
 *   email#&lt;email&gt;      {username}                          reserves the email address
 *   effect#&lt;effectKey&gt; {output, expiresAt}                 a change that was made, with its output
 *   tries#&lt;effectKey&gt;  {tries, expiresAt}                  number of runs with a simulated failure
 * </pre>
 */
public final class UsersTable {

    /**
     * A user that exists from the start and has no owner, so that the example of a change to a user
     * can succeed on a new database.
     */
    static final User FIRST_USER = new User("Demo User", "demo@example.com", "demo");

    /**
     * The attribute that contains the owner of a user. A user without it may be changed by all
     * owners.
     */
    public static final String OWNER = "owner";

    static final String KEY = "key";
    static final String EXPIRES_AT = "expiresAt";
    static final String USERNAME = "username";
    static final String NAME = "name";
    static final String EMAIL = "email";
    static final String EFFECT_KEY = "effectKey";
    static final String OUTPUT = "output";

    private static final String USER = "user#";

    private UsersTable() {}

    /** Returns the name of the table, from {@code STATUSWIRE_USERS_TABLE}. */
    public static String in(TypeEnvironment environment) {
        return environment.setting("STATUSWIRE_USERS_TABLE").orElse("statuswire-users");
    }

    /** Returns the items to write into a new table. */
    public static List<Map<String, AttributeValue>> firstItems() {
        return Users.items(FIRST_USER, "none");
    }

    /**
     * Returns the user whose item has the given key, in lower case; empty if it is not the key of a
     * user.
     */
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

    /** Returns the key of the counter of a simulated failure. */
    public static Map<String, AttributeValue> triesKey(String effectKey) {
        return key("tries#" + effectKey);
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of(KEY, AttributeValue.fromS(key));
    }
}
