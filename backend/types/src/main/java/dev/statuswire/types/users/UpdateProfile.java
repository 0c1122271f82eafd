package dev.statuswire.types.users;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.Description;
import dev.statuswire.sdk.JsonConversion;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;
import dev.statuswire.types.users.WriteTransaction.TransactionResult;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.InstantSource;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The request type {@code update-profile}: changes the name or email address of a user. */
public final class UpdateProfile implements RequestType<UpdateProfile.Input> {

    private final InstantSource clock = InstantSource.system();

    /** The input. A null attribute is left unchanged. */
    record Input(
            @Description("The user to change.") @Pattern(regexp = User.USERNAME) String username,
            @Description("The new full name. Unchanged if left out.") @Size(min = 1, max = 100)
                    @Nullable String name,
            @Description("The new email address. Unchanged if left out.") @Email @Size(max = 254)
                    @Nullable String email) {}

    /** The output: what has changed, by attribute. */
    record Changes(String username, Map<String, Change> changes) {}

    record Change(String from, String to) {}

    @Override
    public Definition<Input> define() {
        return Definition.of("update-profile", Input.class)
                .title("Update a profile")
                .description("Changes the name of a user, the email address, or both.")
                .example(new Input(UsersTable.FIRST_USER.username(), "Grace Hopper", null))
                .step("check", Availability.class, UpdateProfile::check)
                .step("apply", JsonNode.class, this::apply)
                .build();
    }

    private static Availability check(StepContext<Input> context) throws StepFailed {
        Input input = context.input();
        find(context);
        Optional<String> owner =
                Optional.ofNullable(input.email()).flatMap(Users.of(context)::ownerOf);
        if (owner.filter(other -> !other.equals(User.folded(input.username()))).isPresent()) {
            throw emailTaken(input);
        }
        return new Availability(true);
    }

    /**
     * The change and the output are stored in one transaction, so a second run finds its output.
     */
    private JsonNode apply(StepContext<Input> context) throws StepFailed {
        Optional<JsonNode> before = Users.of(context).outputOf(context.effectKey());
        return before.isPresent() ? before.get() : replace(context);
    }

    private JsonNode replace(StepContext<Input> context) throws StepFailed {
        Input input = context.input();
        Map<String, AttributeValue> item = find(context);
        User before = user(item);
        User after = changed(before, input);
        JsonNode output = JsonConversion.write(changes(before, after));
        TransactionResult result =
                Users.of(context)
                        .replace(
                                item,
                                after,
                                context.effectKey(),
                                output,
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
    private static Map<String, AttributeValue> find(StepContext<Input> context) throws StepFailed {
        String username = context.input().username();
        var found = Users.of(context).find(username, context.owner());
        if (found.isEmpty()) {
            throw new StepFailed(
                    "no-such-user", "There is no user " + username + ". Check the username.");
        }
        return found.get();
    }

    private static User user(Map<String, AttributeValue> item) {
        return new User(
                Users.textOf(item, UsersTable.NAME),
                Users.textOf(item, UsersTable.EMAIL),
                Users.textOf(item, UsersTable.USERNAME));
    }

    private static User changed(User before, Input input) {
        return new User(
                input.name() == null ? before.name() : input.name(),
                input.email() == null ? before.email() : input.email(),
                before.username());
    }

    private static Changes changes(User before, User after) {
        var changes = new LinkedHashMap<String, Change>();
        change(changes, UsersTable.NAME, before.name(), after.name());
        change(changes, UsersTable.EMAIL, before.email(), after.email());
        return new Changes(before.username(), changes);
    }

    private static void change(Map<String, Change> changes, String what, String from, String to) {
        if (!from.equals(to)) {
            changes.put(what, new Change(from, to));
        }
    }

    private static StepFailed emailTaken(Input input) {
        return new StepFailed(
                "email-taken",
                "The email address " + input.email() + " is already taken. Use another one.");
    }
}
