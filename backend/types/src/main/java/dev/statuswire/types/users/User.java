package dev.statuswire.types.users;

import dev.statuswire.sdk.Description;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;

/**
 * A user, and the input of {@code register-user}.
 *
 * @param email unique
 * @param username unique
 */
record User(
        @Description("The full name.") @Size(min = 1, max = 100) String name,
        @Description("The email address. No other user may have it.") @Email @Size(max = 254)
                String email,
        @Description("2 to 30 letters, digits, dots, hyphens or underscores.")
                @Pattern(regexp = USERNAME)
                String username) {

    static final String USERNAME = "^[A-Za-z0-9_.-]{2,30}$";

    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
