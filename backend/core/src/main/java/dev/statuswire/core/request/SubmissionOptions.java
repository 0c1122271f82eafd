package dev.statuswire.core.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say about a request in addition to its type and input. Immutable.
 *
 * @param notBefore when to start the request at the earliest, in milliseconds; null to start it at
 *     once
 * @param notAfter when to start it at the latest, in milliseconds; null for no limit
 * @param tags each of which matches {@value #TAG_PATTERN}, at most {@value #MAX_TAGS}; sorted and
 *     without duplicates, whatever the order in which they are given
 */
public record SubmissionOptions(
        @Nullable Instant notBefore, @Nullable Instant notAfter, List<String> tags) {

    /** No options. */
    public static final SubmissionOptions NONE = new SubmissionOptions(null, null, List.of());

    /** The maximum number of tags. */
    public static final int MAX_TAGS = 10;

    /** Which tags are valid, as a regular expression of ECMA-262 and Java. */
    public static final String TAG_PATTERN = "^[A-Za-z0-9_.:-]{1,64}$";

    public SubmissionOptions {
        tags = tags.stream().sorted().distinct().toList();
    }

    /** Returns these options with this earliest time to start. */
    public SubmissionOptions withNotBefore(@Nullable Instant earliest) {
        return new SubmissionOptions(earliest, notAfter, tags);
    }

    /** Returns these options with this latest time to start. */
    public SubmissionOptions withNotAfter(@Nullable Instant latest) {
        return new SubmissionOptions(notBefore, latest, tags);
    }

    /** Returns these options with exactly these tags. */
    public SubmissionOptions withTags(List<String> all) {
        return new SubmissionOptions(notBefore, notAfter, all);
    }

    /** Returns when to start a request, if that is later than {@code now}. */
    public Optional<Instant> startAfter(Instant now) {
        return Optional.ofNullable(notBefore).filter(start -> start.isAfter(now));
    }

    /** Returns whether a request with these options may no longer start at {@code now}. */
    public boolean isTooLate(Instant now) {
        return notAfter != null && now.isAfter(notAfter);
    }
}
