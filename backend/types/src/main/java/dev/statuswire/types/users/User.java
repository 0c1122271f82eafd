package dev.statuswire.types.users;

import java.util.Locale;

/**
 * A user, as given; e-mail and username are compared without case.
 *
 * @param username unique
 * @param email unique
 */
record User(String username, String name, String email) {

    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
