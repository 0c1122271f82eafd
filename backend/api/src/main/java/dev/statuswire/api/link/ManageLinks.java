package dev.statuswire.api.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.CallerIdentity;
import dev.statuswire.api.http.HostAndOrigin;
import dev.statuswire.api.http.ProblemKind;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.document.StatusDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.link.Link;
import dev.statuswire.core.link.LinkOptions;
import dev.statuswire.core.link.LinkSecret;
import dev.statuswire.core.link.Links;
import dev.statuswire.core.link.TooManyLinksException;
import dev.statuswire.core.request.Request;
import dev.statuswire.core.request.RequestKey;
import dev.statuswire.core.settings.PublicUrl;
import dev.statuswire.core.store.RequestStore;
import io.javalin.http.Context;
import java.util.Optional;

/** Creates, lists and revokes the links to a request, for its owner. */
public final class ManageLinks {

    private final RequestStore store;
    private final Links links;
    private final LinkOptionsReader reader;
    private final CallerIdentity caller;
    private final HostAndOrigin guard;
    private final Optional<PublicUrl> publicUrl;

    /**
     * @param guard determines the origin that a client called
     * @param publicUrl the URL of the page; empty for the origin that the client called
     */
    public ManageLinks(
            RequestStore store,
            Links links,
            LinkOptionsReader reader,
            CallerIdentity caller,
            HostAndOrigin guard,
            Optional<PublicUrl> publicUrl) {
        this.store = store;
        this.links = links;
        this.reader = reader;
        this.caller = caller;
        this.guard = guard;
        this.publicUrl = publicUrl;
    }

    /** Handles {@code POST /requests/{id}/links}. */
    public void create(Context call) {
        RequestKey key = caller.key(call);
        JsonNode body = reader.body(call);
        Request request = find(key);
        LinkOptions options = reader.read(body, request.type());
        if (!request.isUnderstood()) {
            throw ProblemKind.WRONG_STATUS.because(
                    "A newer release has written the request, so it cannot have new links here.");
        }
        Links.Created created = create(request, options).orElseThrow(CallerIdentity::unknown);
        ObjectNode document = document(created.link());
        document.put("url", url(call, created.secret()));
        ResponseWriter.json(call, 201, document);
    }

    private Optional<Links.Created> create(Request request, LinkOptions options) {
        try {
            return links.create(request, options);
        } catch (TooManyLinksException full) {
            throw ProblemKind.TOO_MANY_LINKS.because(
                    "A request has at most %d links. Revoke some.".formatted(Links.MAX_LINKS));
        }
    }

    /** Handles {@code GET /requests/{id}/links}. */
    public void list(Context call) {
        Request request = find(caller.key(call));
        ObjectNode document = Json.MAPPER.createObjectNode();
        var array = document.putArray("links");
        links.of(request).forEach(link -> array.add(document(link)));
        ResponseWriter.json(call, 200, document);
    }

    /** Handles {@code DELETE /requests/{id}/links/{linkId}}. */
    public void revoke(Context call) {
        if (!links.revoke(caller.key(call), call.pathParam("linkId"))) {
            throw ProblemKind.NOT_FOUND.because("You have no link with this id to this request.");
        }
        ResponseWriter.empty(call, 204);
    }

    private Request find(RequestKey key) {
        return store.find(key).orElseThrow(CallerIdentity::unknown);
    }

    private String url(Context call, LinkSecret secret) {
        return publicUrl
                .map(page -> page.link(secret.text()).toString())
                .orElseGet(() -> guard.origin(call) + "/l/" + secret.text());
    }

    private static ObjectNode document(Link link) {
        LinkOptions options = link.options();
        return Json.MAPPER
                .createObjectNode()
                .put("linkId", link.id())
                .put("scope", options.scope().label())
                .put("step", options.step())
                .put("label", options.label())
                .put("showsInput", options.showsInput())
                .put("createdAt", StatusDocuments.format(link.createdAt()))
                .put("expiresAt", StatusDocuments.format(options.expiresAt()));
    }
}
