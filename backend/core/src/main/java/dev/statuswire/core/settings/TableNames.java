package dev.statuswire.core.settings;

/**
 * The names of the tables.
 *
 * @param requests the submitted requests
 * @param connections the live connections, and the tickets for opening them
 * @param users the users that the shipped request types create and change
 * @param activity the changes to these users
 * @param bookings the bookings that a shipped request type makes
 * @param links the links to requests
 */
public record TableNames(
        String requests,
        String connections,
        String users,
        String activity,
        String bookings,
        String links) {

    /**
     * Reads {@code STATUSWIRE_REQUESTS_TABLE}, {@code STATUSWIRE_CONNECTIONS_TABLE}, {@code
     * STATUSWIRE_USERS_TABLE}, {@code STATUSWIRE_ACTIVITY_TABLE}, {@code STATUSWIRE_BOOKINGS_TABLE}
     * and {@code STATUSWIRE_LINKS_TABLE}. The defaults are {@code statuswire-requests} and so on.
     */
    public static TableNames from(Environment environment) {
        return new TableNames(
                environment.text("STATUSWIRE_REQUESTS_TABLE").orElse("statuswire-requests"),
                environment.text("STATUSWIRE_CONNECTIONS_TABLE").orElse("statuswire-connections"),
                environment.text("STATUSWIRE_USERS_TABLE").orElse("statuswire-users"),
                environment.text("STATUSWIRE_ACTIVITY_TABLE").orElse("statuswire-activity"),
                environment.text("STATUSWIRE_BOOKINGS_TABLE").orElse("statuswire-bookings"),
                environment.text("STATUSWIRE_LINKS_TABLE").orElse("statuswire-links"));
    }
}
