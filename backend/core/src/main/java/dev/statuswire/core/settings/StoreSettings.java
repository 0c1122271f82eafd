package dev.statuswire.core.settings;

import dev.statuswire.core.transition.TransitionTiming;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the database.
 *
 * @param endpoint the URL of DynamoDB; empty for AWS
 * @param tables the names of the tables
 * @param timing the leases and the retention of requests
 */
public record StoreSettings(Optional<URI> endpoint, TableNames tables, TransitionTiming timing) {

    /**
     * Reads {@code STATUSWIRE_DYNAMODB_ENDPOINT}, {@code STATUSWIRE_LEASE} (seconds), {@code
     * STATUSWIRE_START_GRACE} (seconds), {@code STATUSWIRE_RETENTION_DAYS} and the settings of
     * {@link TableNames}.
     *
     * @throws IllegalArgumentException if a setting has an invalid value
     */
    public static StoreSettings from(Environment environment) {
        TransitionTiming standard = TransitionTiming.DEFAULT;
        int days =
                environment.number(
                        "STATUSWIRE_RETENTION_DAYS",
                        Math.toIntExact(standard.retention().toDays()));
        return new StoreSettings(
                environment.uri("STATUSWIRE_DYNAMODB_ENDPOINT"),
                TableNames.from(environment),
                new TransitionTiming(
                        environment.seconds("STATUSWIRE_LEASE", standard.lease()),
                        environment.seconds("STATUSWIRE_START_GRACE", standard.startGrace()),
                        Duration.ofDays(days)));
    }
}
