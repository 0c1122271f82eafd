package dev.statuswire.types.activity;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.activity.Activity;
import dev.statuswire.core.json.Json;
import dev.statuswire.types.users.UsersTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads changes to users from records of the users table's stream. */
final class UserChangeReader {

    /** The attributes of a user that the activity log shows. The others are internal. */
    private static final List<String> SHOWN = List.of("username", "name", "email");

    private UserChangeReader() {}

    /** Reads a record; empty if the changed item is not a user. */
    static Optional<Activity> read(DynamodbStreamRecord change) {
        var what = change.getDynamodb();
        AttributeValue key = what.getKeys().get("key");
        return Optional.ofNullable(key)
                .flatMap(value -> UsersTable.usernameOf(value.getS()))
                .map(
                        username ->
                                new Activity(
                                        username,
                                        owner(what),
                                        what.getSequenceNumber(),
                                        change.getEventName(),
                                        what.getApproximateCreationDateTime().toInstant(),
                                        shown(what.getOldImage()),
                                        shown(what.getNewImage())));
    }

    private static @Nullable String owner(StreamRecord what) {
        var image = what.getNewImage() == null ? what.getOldImage() : what.getNewImage();
        AttributeValue owner = image == null ? null : image.get(UsersTable.OWNER);
        return owner == null ? null : owner.getS();
    }

    private static @Nullable ObjectNode shown(@Nullable Map<String, AttributeValue> image) {
        if (image == null) {
            return null;
        }
        ObjectNode user = Json.MAPPER.createObjectNode();
        for (String attribute : SHOWN) {
            AttributeValue value = image.get(attribute);
            if (value != null) {
                user.put(attribute, value.getS());
            }
        }
        return user;
    }
}
