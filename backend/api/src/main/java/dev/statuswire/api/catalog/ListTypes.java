package dev.statuswire.api.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.http.ResponseWriter;
import dev.statuswire.core.document.CatalogDocuments;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.schema.InputSchemas;
import io.javalin.http.Context;

/** {@code GET /types}: lists the request types. */
public final class ListTypes {

    private final RequestTypes types;
    private final InputSchemas schemas;
    private volatile Listed newest;

    /** The document of one version of the types. */
    private record Listed(long version, JsonNode document) {}

    public ListTypes(RequestTypes types, InputSchemas schemas) {
        this.types = types;
        this.schemas = schemas;
        this.newest = list();
    }

    private Listed list() {
        return new Listed(
                types.version(),
                CatalogDocuments.types(types, schemas::json, schemas::answersJson));
    }

    /** Handles the call. */
    public void handle(Context call) {
        Listed now = newest;
        if (now.version() != types.version()) {
            now = list();
            newest = now;
        }
        ResponseWriter.json(call, 200, now.document());
    }
}
