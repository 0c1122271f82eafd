package dev.statuswire.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link that was just created, with its URL.
 *
 * @param linkId identifies the link: a hash of its secret
 * @param url the page of the link, which {@link LinkClient#open} accepts as well. Contains the
 *     secret of the link, which the server does not store, so the URL cannot be read again; {@link
 *     #toString} omits it
 * @param scope {@code watch}, or {@code answer} if the request can be answered with it as well; a
 *     later release may add others
 * @param step the only step that can be answered with it; null for every step
 * @param label the label, as created; null if there is none
 * @param showsInput whether the link shows the input of the request
 * @param createdAt when it was created
 * @param expiresAt from when on it is invalid
 */
public record CreatedLink(
        String linkId,
        URI url,
        String scope,
        @Nullable String step,
        @Nullable String label,
        boolean showsInput,
        Instant createdAt,
        Instant expiresAt) {

    /**
     * @throws IllegalArgumentException if the JSON is not a created link
     */
    static CreatedLink of(JsonNode json) {
        Link link = Link.of(json);
        URI url = urlOf(json.path("url").asText());
        return new CreatedLink(
                link.linkId(),
                url,
                link.scope(),
                link.step(),
                link.label(),
                link.showsInput(),
                link.createdAt(),
                link.expiresAt());
    }

    /** The message and the cause must not contain the URL. */
    private static URI urlOf(String text) {
        try {
            URI url = new URI(text);
            if (url.isAbsolute()) {
                return url;
            }
        } catch (URISyntaxException invalid) {
            // Its message contains the URL.
        }
        throw new IllegalArgumentException("the JSON is not a created link");
    }

    /** {@return the link without its URL} */
    @Override
    public String toString() {
        return "CreatedLink[linkId=%s, scope=%s, step=%s, label=%s, showsInput=%s, createdAt=%s, expiresAt=%s]"
                .formatted(linkId, scope, step, label, showsInput, createdAt, expiresAt);
    }
}
