package dev.statuswire.api.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.document.CatalogDocuments;
import dev.statuswire.identity.OidcSettings;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * {@code GET /identity}: tells a page at which issuer and with which client id its users log in, if
 * login is required.
 */
public final class DescribeLogin {

    private final JsonNode document;

    public DescribeLogin(Optional<OidcSettings> issuer) {
        this.document =
                issuer.map(
                                it ->
                                        CatalogDocuments.identity(
                                                it.issuer().toString(), it.clientId(), it.scope()))
                        .orElseGet(CatalogDocuments::noIdentity);
    }

    /** Handles the call. */
    public void handle(Context call) {
        ResponseWriter.json(call, 200, document);
    }
}
