package dev.statuswire.types.users;

import java.util.Locale;
import java.util.Objects;

/**
 * A user, with the names as given. Email addresses and usernames are compared case-insensitively.
 *
 * @param username unique
 * @param email unique
 */
record User(String username, String name, String email) {

    User {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(email, "email");
    }

    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
