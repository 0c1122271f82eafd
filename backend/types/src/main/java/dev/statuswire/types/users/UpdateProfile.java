package dev.statuswire.types.users;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import dev.statuswire.core.type.StepFailed;
import dev.statuswire.core.type.TypeEnvironment;
import dev.statuswire.types.users.WriteTransaction.TransactionResult;
import java.time.InstantSource;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The request type {@code update-profile}: changes the name or email address of a user. */
public final class UpdateProfile implements RequestType {

    private final InstantSource clock = InstantSource.system();
    private @Nullable Users users;

    /** The input. A null attribute is left unchanged. */
    record Input(String username, @Nullable String name, @Nullable String email) {
        Input {
            Objects.requireNonNull(username, "username");
        }
    }

    @Override
    public String name() {
        return "update-profile";
    }

    @Override
    public String title() {
        return "Update a profile";
    }

    @Override
    public String description() {
        return "Changes the name of a user, the email address, or both.";
    }

    @Override
    public String inputSchema() {
        return """
        {
          "$schema": "http://json-schema.org/draft-04/schema#",
          "type": "object",
          "properties": {
            "username": {"type": "string", "pattern": "^[A-Za-z0-9_.-]{2,30}$",
              "description": "The user to change."},
            "name": {"type": "string", "minLength": 1, "maxLength": 100,
              "description": "The new full name. Unchanged if left out."},
            "email": {"type": "string", "format": "email", "maxLength": 254,
              "description": "The new email address. Unchanged if left out."}
          },
          "required": ["username"],
          "additionalProperties": false
        }
        """;
    }

    @Override
    public String example() {
        return """
        {"username": "%s", "name": "Grace Hopper"}
        """
                .formatted(UsersTable.FIRST_USER.username());
    }

    @Override
    public Pace pace() {
        return Pace.QUICK;
    }

    @Override
    public void init(TypeEnvironment environment) {
        users = Users.in(environment);
    }

    private Users users() {
        return Objects.requireNonNull(users, "init was not called");
    }

    @Override
    public List<Step> steps() {
        return List.of(Step.of("check", this::check), Step.of("apply", this::apply));
    }

    private JsonNode check(StepContext context) throws StepFailed {
        Input input = context.input(Input.class);
        find(context);
        Optional<String> owner = Optional.ofNullable(input.email()).flatMap(users()::ownerOf);
        if (owner.filter(other -> !other.equals(User.folded(input.username()))).isPresent()) {
            throw emailTaken(input);
        }
        return Json.MAPPER.createObjectNode().put("available", true);
    }

    private JsonNode apply(StepContext context) throws StepFailed {
        Optional<String> before = users().outputOf(context.effectKey());
        return before.isPresent() ? Json.parse(before.get()).orElseThrow() : replace(context);
    }

    private JsonNode replace(StepContext context) throws StepFailed {
        Input input = context.input(Input.class);
        Map<String, AttributeValue> item = find(context);
        User before = user(item);
        User after = changed(before, input);
        ObjectNode output = changes(before, after);
        TransactionResult result =
                users().replace(
                                item,
                                after,
                                context.effectKey(),
                                Json.write(output),
                                clock.instant().getEpochSecond());
        return switch (result) {
            case TransactionResult.Committed() -> output;
            case TransactionResult.Refused(int which, var found) -> {
                if (which == Users.TAKES_EMAIL) {
                    throw emailTaken(input);
                }
                throw new ConcurrentModificationException(
                        "another request changed the profile of " + input.username());
            }
        };
    }

    /** Returns the user's item. A user of another owner is treated as if it did not exist. */
    private Map<String, AttributeValue> find(StepContext context) throws StepFailed {
        String username = context.input(Input.class).username();
        var found = users().find(username, context.request().key().owner());
        if (found.isEmpty()) {
            throw new StepFailed(
                    "no-such-user", "There is no user " + username + ". Check the username.");
        }
        return found.get();
    }

    private static User user(Map<String, AttributeValue> item) {
        return new User(
                Users.textOf(item, UsersTable.USERNAME),
                Users.textOf(item, UsersTable.NAME),
                Users.textOf(item, UsersTable.EMAIL));
    }

    private static User changed(User before, Input input) {
        return new User(
                before.username(),
                input.name() == null ? before.name() : input.name(),
                input.email() == null ? before.email() : input.email());
    }

    /** Returns the output: {@code {"username": …, "changes": {"email": {"from": …, "to": …}}}}. */
    private static ObjectNode changes(User before, User after) {
        ObjectNode output = Json.MAPPER.createObjectNode().put("username", before.username());
        ObjectNode changes = output.putObject("changes");
        change(changes, UsersTable.NAME, before.name(), after.name());
        change(changes, UsersTable.EMAIL, before.email(), after.email());
        return output;
    }

    private static void change(ObjectNode changes, String what, String from, String to) {
        if (!from.equals(to)) {
            changes.putObject(what).put("from", from).put("to", to);
        }
    }

    private static StepFailed emailTaken(Input input) {
        return new StepFailed(
                "email-taken",
                "The email address " + input.email() + " is already taken. Use another one.");
    }
}
