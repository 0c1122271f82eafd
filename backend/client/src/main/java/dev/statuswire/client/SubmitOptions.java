package dev.statuswire.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a submission. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * SubmitOptions.none().notBefore(Instant.now().plus(Duration.ofHours(1))).tag("trip-42", "team:sales")
 * }</pre>
 *
 * <p>The server checks the values: an invalid one is a {@link ProblemResponseException} with status
 * 422.
 *
 * @param notBefore when to start the request at the earliest, of the years 2000 to 2099; a time in
 *     the past starts it at once; null if it need not wait. Sent with milliseconds; further digits
 *     are dropped
 * @param notAfter when to start the request at the latest, of the years 2000 to 2099; after that,
 *     it fails with the code {@code too-late}; null if there is no limit. Sent with milliseconds;
 *     further digits are dropped
 * @param tags up to 10 different texts by which you can find your requests, 1 to 64 characters of
 *     {@code A-Z a-z 0-9 _ . : -}; their order has no meaning
 */
public record SubmitOptions(
        @Nullable Instant notBefore, @Nullable Instant notAfter, List<String> tags) {

    private static final SubmitOptions NONE = new SubmitOptions(null, null, List.of());

    /** Copies the tags. */
    public SubmitOptions {
        tags = List.copyOf(tags);
    }

    /** {@return the options of a request without times and tags} */
    public static SubmitOptions none() {
        return NONE;
    }

    /**
     * {@return these options with this time to start the request at the earliest}
     *
     * @param earliest the time; null if the request need not wait
     */
    public SubmitOptions notBefore(@Nullable Instant earliest) {
        return new SubmitOptions(earliest, notAfter, tags);
    }

    /**
     * {@return these options with this time to start the request at the latest}
     *
     * @param latest the time; null if there is no limit
     */
    public SubmitOptions notAfter(@Nullable Instant latest) {
        return new SubmitOptions(notBefore, latest, tags);
    }

    /**
     * {@return these options with exactly these tags; none means no tags}
     *
     * @param only the tags
     */
    public SubmitOptions tag(String... only) {
        return new SubmitOptions(notBefore, notAfter, List.of(only));
    }

    /** Adds the options that are set to the body of a submission. */
    void addTo(ObjectNode body) {
        ClientJson.putTime(body, "notBefore", notBefore);
        ClientJson.putTime(body, "notAfter", notAfter);
        if (!tags.isEmpty()) {
            tags.forEach(body.putArray("tags")::add);
        }
    }
}
