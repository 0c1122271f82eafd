package dev.statuswire.api.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statuswire.api.http.Answers;
import dev.statuswire.core.json.Json;
import dev.statuswire.identity.OidcSettings;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code GET /identity}: where and as which client a page has people log in, if they must. */
public final class DescribeIdentity {

    private final Optional<OidcSettings> issuer;

    public DescribeIdentity(Optional<OidcSettings> issuer) {
        this.issuer = issuer;
    }

    /** Handles the call. */
    public void handle(Context call) {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.putNull("issuer");
        issuer.ifPresent(
                it ->
                        document.put("issuer", it.issuer().toString())
                                .put("clientId", it.clientId())
                                .put("scope", it.scope()));
        Answers.json(call, 200, document);
    }
}
