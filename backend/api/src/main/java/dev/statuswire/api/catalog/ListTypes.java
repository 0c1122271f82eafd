package dev.statuswire.api.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.document.CatalogDocuments;
import dev.statuswire.core.type.RequestTypes;
import io.javalin.http.Context;

/** {@code GET /types}: lists the request types. */
public final class ListTypes {

    private final JsonNode types;

    public ListTypes(RequestTypes types) {
        this.types = CatalogDocuments.types(types);
    }

    /** Handles the call. */
    public void handle(Context call) {
        ResponseWriter.json(call, 200, types);
    }
}
