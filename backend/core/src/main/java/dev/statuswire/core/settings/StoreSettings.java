package dev.statuswire.core.settings;

import dev.statuswire.core.transition.TransitionTiming;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the tables are and how long things may take in them.
 *
 * @param endpoint of DynamoDB; empty for AWS's own
 */
public record StoreSettings(Optional<URI> endpoint, TableNames tables, TransitionTiming timing) {

    /**
     * From {@code STATUSWIRE_DYNAMODB_ENDPOINT}, {@code STATUSWIRE_LEASE} (seconds), {@code
     * STATUSWIRE_START_GRACE} (seconds), {@code STATUSWIRE_RETENTION_DAYS} and those of {@link
     * Tables}.
     *
     * @throws IllegalArgumentException where one is not what it should be
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
