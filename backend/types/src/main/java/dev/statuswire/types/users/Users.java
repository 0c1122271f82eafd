package dev.statuswire.types.users;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.types.users.WriteTransaction.TransactionResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The stored users. Email addresses and usernames are unique even if many users register at the
 * same time: each user is written in one transaction with an item that reserves the email address.
 * Calls block. Thread-safe.
 */
final class Users {

    /**
     * How long a change is remembered, so that a step that runs again recognizes its own change.
     */
    private static final long REMEMBERED_SECONDS = 30L * 24 * 60 * 60;

    /** The index of the write of {@link #replace} that reserves the email address. */
    static final int TAKES_EMAIL = 2;

    private static final ObjectMapper PARSER = new ObjectMapper();

    private final DynamoDbClient dynamoDb;
    private final String table;

    Users(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** Returns the users that the steps of a type share. */
    static Users of(StepContext<?> context) {
        return context.environment()
                .once(
                        Users.class,
                        process ->
                                new Users(
                                        process.client(DynamoDbClient.class),
                                        UsersTable.in(process)));
    }

    /** The result of a registration. */
    enum Registration {
        DONE,
        USERNAME_TAKEN,
        EMAIL_TAKEN
    }

    /**
     * Registers {@code user} for {@code owner}. A second call with the same effect key changes
     * nothing and returns {@code DONE} as well.
     */
    Registration register(User user, String owner, String effectKey) {
        var transaction = new WriteTransaction(dynamoDb, table);
        var items = items(user, effectKey);
        transaction.put(merged(items.getFirst(), Map.of(UsersTable.OWNER, text(owner))));
        transaction.put(items.getLast());
        TransactionResult result = transaction.commit();
        return switch (result) {
            case TransactionResult.Committed() -> Registration.DONE;
            case TransactionResult.Refused(int which, var found) when isFrom(found, effectKey) ->
                    Registration.DONE;
            case TransactionResult.Refused(int which, var found) ->
                    which == 0 ? Registration.USERNAME_TAKEN : Registration.EMAIL_TAKEN;
        };
    }

    /** Returns the items of a new user: the user, and the reservation of the email address. */
    static List<Map<String, AttributeValue>> items(User user, String effectKey) {
        return List.of(
                merged(
                        UsersTable.userKey(user.username()),
                        Map.of(
                                UsersTable.USERNAME, text(user.username()),
                                UsersTable.NAME, text(user.name()),
                                UsersTable.EMAIL, text(user.email()),
                                UsersTable.EFFECT_KEY, text(effectKey))),
                takenBy(user.username(), user.email()));
    }

    private static boolean isFrom(Map<String, AttributeValue> item, String effectKey) {
        return text(effectKey).equals(item.get(UsersTable.EFFECT_KEY));
    }

    /** Returns the item of a user; empty if there is none. */
    Optional<Map<String, AttributeValue>> find(String username) {
        return get(UsersTable.userKey(username));
    }

    /** Returns the item of a user that {@code owner} may change; empty if there is none. */
    Optional<Map<String, AttributeValue>> find(String username, String owner) {
        return find(username)
                .filter(
                        item ->
                                text(owner)
                                        .equals(item.getOrDefault(UsersTable.OWNER, text(owner))));
    }

    /** Returns the user with an email address; empty if there is none. */
    Optional<String> ownerOf(String email) {
        return get(UsersTable.emailKey(email))
                .flatMap(item -> Optional.ofNullable(item.get(UsersTable.USERNAME)))
                .map(AttributeValue::s);
    }

    /** Returns the output of a change that was already made; empty if it was not made yet. */
    Optional<JsonNode> outputOf(String effectKey) {
        return get(UsersTable.effectKey(effectKey))
                .flatMap(item -> Optional.ofNullable(item.get(UsersTable.OUTPUT)))
                .map(output -> parsed(output.s()));
    }

    /**
     * Replaces {@code before}, which must not have changed since it was read, by {@code after}, and
     * remembers {@code output} under the effect key. Both happen in one transaction.
     *
     * @param nowSeconds epoch seconds
     */
    TransactionResult replace(
            Map<String, AttributeValue> before,
            User after,
            String effectKey,
            JsonNode output,
            long nowSeconds) {
        var transaction = new WriteTransaction(dynamoDb, table);
        var item = new HashMap<>(before);
        item.put(UsersTable.NAME, text(after.name()));
        item.put(UsersTable.EMAIL, text(after.email()));
        transaction.put(
                merged(
                        UsersTable.effectKey(effectKey),
                        Map.of(
                                UsersTable.OUTPUT,
                                text(output.toString()),
                                UsersTable.EXPIRES_AT,
                                AttributeValue.fromN(
                                        Long.toString(nowSeconds + REMEMBERED_SECONDS)))));
        transaction.replace(before, item, UsersTable.NAME, UsersTable.EMAIL);
        String old = textOf(before, UsersTable.EMAIL);
        if (!User.folded(old).equals(User.folded(after.email()))) {
            transaction.put(takenBy(after.username(), after.email()));
            transaction.delete(UsersTable.emailKey(old));
        }
        return transaction.commit();
    }

    private static Map<String, AttributeValue> takenBy(String username, String email) {
        return merged(
                UsersTable.emailKey(email),
                Map.of(UsersTable.USERNAME, text(User.folded(username))));
    }

    private Optional<Map<String, AttributeValue>> get(Map<String, AttributeValue> key) {
        var item = dynamoDb.getItem(get -> get.tableName(table).key(key).consistentRead(true));
        return item.hasItem() ? Optional.of(item.item()) : Optional.empty();
    }

    private static JsonNode parsed(String json) {
        try {
            return PARSER.readTree(json);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException("a stored output is not JSON", notJson);
        }
    }

    static String textOf(Map<String, AttributeValue> item, String attribute) {
        @Nullable AttributeValue value = item.get(attribute);
        return value == null || value.s() == null ? "" : value.s();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static Map<String, AttributeValue> merged(
            Map<String, AttributeValue> key, Map<String, AttributeValue> rest) {
        var item = new HashMap<>(key);
        item.putAll(rest);
        return item;
    }
}
