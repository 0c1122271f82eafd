package dev.statuswire.testkit;

import dev.statuswire.core.request.SubmissionOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about a request in addition to its input. Times are relative to the virtual
 * time of the submission. Not thread-safe.
 */
public final class SubmitOptions {

    private @Nullable Duration notBefore;
    private @Nullable Duration notAfter;
    private List<String> tags = List.of();

    SubmitOptions() {}

    /**
     * Sets when to start the request at the earliest. The default is at once.
     *
     * @param time from the submission
     * @return these options
     */
    public SubmitOptions notBefore(Duration time) {
        notBefore = time;
        return this;
    }

    /**
     * Sets when to start the request at the latest. After that, it fails with {@code too-late}. The
     * default is no limit.
     *
     * @param time from the submission
     * @return these options
     */
    public SubmitOptions notAfter(Duration time) {
        notAfter = time;
        return this;
    }

    /**
     * Sets the tags. The default is none.
     *
     * @param all at most ten different ones, each of 1 to 64 characters of A-Z, a-z, 0-9, {@code
     *     _}, {@code .}, {@code :} and {@code -}
     * @return these options
     * @throws IllegalArgumentException if the API would refuse them
     */
    public SubmitOptions tags(String... all) {
        List<String> given = List.of(all);
        if (given.size() > SubmissionOptions.MAX_TAGS
                || new HashSet<>(given).size() != given.size()
                || !given.stream().allMatch(tag -> tag.matches(SubmissionOptions.TAG_PATTERN))) {
            throw new IllegalArgumentException("the API would refuse these tags: " + given);
        }
        tags = given;
        return this;
    }

    SubmissionOptions at(Instant submission) {
        return SubmissionOptions.NONE
                .withNotBefore(after(submission, notBefore))
                .withNotAfter(after(submission, notAfter))
                .withTags(tags);
    }

    private static @Nullable Instant after(Instant submission, @Nullable Duration time) {
        return time == null ? null : submission.plus(time);
    }
}
