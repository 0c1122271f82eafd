package dev.statuswire.core.settings;

/**
 * The names of the tables.
 *
 * @param requests what was submitted
 * @param connections who is connected live
 * @param users the users that the shipped request types keep
 * @param activity what happened to them
 */
public record TableNames(String requests, String connections, String users, String activity) {

    /**
     * From {@code STATUSWIRE_REQUESTS_TABLE} and its like; {@code statuswire-requests} if unset.
     */
    public static TableNames from(Environment environment) {
        return new TableNames(
                environment.text("STATUSWIRE_REQUESTS_TABLE").orElse("statuswire-requests"),
                environment.text("STATUSWIRE_CONNECTIONS_TABLE").orElse("statuswire-connections"),
                environment.text("STATUSWIRE_USERS_TABLE").orElse("statuswire-users"),
                environment.text("STATUSWIRE_ACTIVITY_TABLE").orElse("statuswire-activity"));
    }
}
