package dev.statuswire.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wait that a step is about to start. Statuswire and its test kit use this class; request types
 * declare waits with {@link Definition.Builder#delay} and {@link Definition.Builder#answer}.
 *
 * @param within how long it takes at most, from now; null if {@code until} is set
 * @param until when it ends at the latest; null if {@code within} is set
 * @param prompt what to answer, for users; null if the wait is not for an answer
 * @param defaultAnswer the output of the step if no answer arrives in time; null if the request
 *     then fails, or if the wait is not for an answer
 */
public record PlannedWait(
        @Nullable Duration within,
        @Nullable Instant until,
        @Nullable String prompt,
        @Nullable JsonNode defaultAnswer) {

    /** The longest wait. */
    public static final Duration LONGEST = Duration.ofDays(365);

    /**
     * {@return when the wait ends at the latest, if it starts at {@code now}; at most {@link
     * #LONGEST} later}
     *
     * @param now the current time
     * @throws IllegalArgumentException if it would end later
     */
    public Instant endsAt(Instant now) {
        Instant end = within == null ? until : add(now, within);
        if (end == null || end.isAfter(now.plus(LONGEST))) {
            throw new IllegalArgumentException(
                    "the wait is longer than " + LONGEST.toDays() + " days");
        }
        return end;
    }

    private static @Nullable Instant add(Instant now, Duration time) {
        return time.compareTo(LONGEST) > 0 ? null : now.plus(time);
    }
}
