package dev.statuswire.api;

import dev.statuswire.api.catalog.UserActivity;
import dev.statuswire.api.identity.Identity;
import dev.statuswire.api.live.Tickets;
import dev.statuswire.api.operate.HealthCheck;
import dev.statuswire.api.status.Pause;
import dev.statuswire.core.time.SteadyClock;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the rest of the system, and the time, are to the API.
 *
 * @param health parts to show besides the database, by name
 */
public record Surroundings(
        Identity identity,
        Tickets tickets,
        UserActivity activity,
        Map<String, HealthCheck> health,
        Time time) {

    public Surroundings {
        health = Map.copyOf(health);
    }

    /**
     * Clocks and waiting.
     *
     * @param clock the wall clock, for times that are stored or shown
     * @param steady measures durations within this process; setting the wall clock does not change
     *     it
     * @param pause waits between two reads of the database
     */
    public record Time(InstantSource clock, InstantSource steady, Pause pause) {

        /** Real time. */
        public static final Time REAL =
                new Time(InstantSource.system(), SteadyClock.OF_PROCESS, Pause.SLEEP);
    }
}
