package dev.statuswire.types.users;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.Pace;
import dev.statuswire.core.type.RequestType;
import dev.statuswire.core.type.Step;
import dev.statuswire.core.type.StepContext;
import dev.statuswire.core.type.StepFailed;
import dev.statuswire.core.type.TypeEnvironment;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The request type {@code register-user}: creates a user with a unique email address and username.
 */
public final class RegisterUser implements RequestType {

    private @Nullable Users users;

    @Override
    public String name() {
        return "register-user";
    }

    @Override
    public String title() {
        return "Register a user";
    }

    @Override
    public String description() {
        return "Registers a user with a unique email address and username.";
    }

    @Override
    public String inputSchema() {
        return """
        {
          "$schema": "http://json-schema.org/draft-04/schema#",
          "type": "object",
          "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 100,
              "description": "The full name."},
            "email": {"type": "string", "format": "email", "maxLength": 254,
              "description": "The email address. No other user may have it."},
            "username": {"type": "string", "pattern": "^[A-Za-z0-9_.-]{2,30}$",
              "description": "2 to 30 letters, digits, dots, hyphens or underscores."}
          },
          "required": ["name", "email", "username"],
          "additionalProperties": false
        }
        """;
    }

    @Override
    public String example() {
        return """
        {"name": "Ada Lovelace", "email": "ada@example.com", "username": "ada"}
        """;
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
        return List.of(Step.of("check", this::check), Step.of("create", this::create));
    }

    /**
     * Fails early if the email address or username is already taken. The next step handles users
     * that are registered at the same time.
     */
    private JsonNode check(StepContext context) throws StepFailed {
        User user = context.input(User.class);
        String effectKey = createKey(context);
        var there = users().find(user.username());
        if (there.filter(item -> !Users.textOf(item, "effectKey").equals(effectKey)).isPresent()) {
            throw usernameTaken(user);
        }
        if (there.isEmpty() && users().ownerOf(user.email()).isPresent()) {
            throw emailTaken(user);
        }
        return Json.MAPPER.createObjectNode().put("available", true);
    }

    private JsonNode create(StepContext context) throws StepFailed {
        User user = context.input(User.class);
        return switch (users().register(
                        user, context.request().key().owner(), context.effectKey())) {
            case DONE -> Json.MAPPER.valueToTree(user);
            case USERNAME_TAKEN -> throw usernameTaken(user);
            case EMAIL_TAKEN -> throw emailTaken(user);
        };
    }

    private static String createKey(StepContext context) {
        return context.request().effectKey("create");
    }

    private static StepFailed usernameTaken(User user) {
        return new StepFailed(
                "username-taken",
                "The username " + user.username() + " is already taken. Choose another one.");
    }

    private static StepFailed emailTaken(User user) {
        return new StepFailed(
                "email-taken",
                "The email address " + user.email() + " is already taken. Use another one.");
    }
}
