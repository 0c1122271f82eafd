package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A link to a request, without its URL.
 *
 * @param linkId identifies the link: a hash of its secret
 * @param scope {@code watch}, or {@code answer} if the request can be answered with it as well; a
 *     later release may add others
 * @param step the only step that can be answered with it; null for every step
 * @param label the label, as created; null if there is none
 * @param showsInput whether the link shows the input of the request
 * @param createdAt when it was created
 * @param expiresAt from when on it is invalid
 */
public record Link(
        String linkId,
        String scope,
        @Nullable String step,
        @Nullable String label,
        boolean showsInput,
        Instant createdAt,
        Instant expiresAt) {

    /**
     * @throws IllegalArgumentException if the JSON is not a link
     */
    static Link of(JsonNode json) {
        String linkId = StatusDocument.textOf(json.path("linkId"));
        Instant createdAt = StatusDocument.timeOf(json.path("createdAt"));
        Instant expiresAt = StatusDocument.timeOf(json.path("expiresAt"));
        if (linkId == null || createdAt == null || expiresAt == null) {
            throw new IllegalArgumentException("the JSON is not a link");
        }
        return new Link(
                linkId,
                json.path("scope").asText(),
                StatusDocument.textOf(json.path("step")),
                StatusDocument.textOf(json.path("label")),
                json.path("showsInput").asBoolean(),
                createdAt,
                expiresAt);
    }

    /**
     * @throws IllegalArgumentException if the JSON is not a list of links
     */
    static List<Link> listOf(JsonNode json) {
        if (!json.path("links").isArray()) {
            throw new IllegalArgumentException("the JSON is not a list of links");
        }
        return StreamSupport.stream(json.get("links").spliterator(), false).map(Link::of).toList();
    }
}
