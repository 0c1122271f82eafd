package dev.statuswire.types.users;

import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.RequestType;
import dev.statuswire.sdk.StepContext;
import dev.statuswire.sdk.StepFailed;

/**
 * The request type {@code register-user}: creates a user with a unique email address and username.
 */
public final class RegisterUser implements RequestType<User> {

    private static final String CREATE = "create";

    @Override
    public Definition<User> define() {
        return Definition.of("register-user", User.class)
                .title("Register a user")
                .description("Registers a user with a unique email address and username.")
                .example(new User("Ada Lovelace", "ada@example.com", "ada"))
                .step("check", Availability.class, RegisterUser::check)
                .step(CREATE, User.class, RegisterUser::create)
                .build();
    }

    /**
     * Fails early if the email address or username is already taken. The next step handles users
     * that are registered at the same time.
     */
    private static Availability check(StepContext<User> context) throws StepFailed {
        User user = context.input();
        Users users = Users.of(context);
        String effectKey = context.effectKey(CREATE);
        var there = users.find(user.username());
        if (there.filter(item -> !Users.textOf(item, UsersTable.EFFECT_KEY).equals(effectKey))
                .isPresent()) {
            throw usernameTaken(user);
        }
        if (there.isEmpty() && users.ownerOf(user.email()).isPresent()) {
            throw emailTaken(user);
        }
        return new Availability(true);
    }

    private static User create(StepContext<User> context) throws StepFailed {
        User user = context.input();
        return switch (Users.of(context).register(user, context.owner(), context.effectKey())) {
            case DONE -> user;
            case USERNAME_TAKEN -> throw usernameTaken(user);
            case EMAIL_TAKEN -> throw emailTaken(user);
        };
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
