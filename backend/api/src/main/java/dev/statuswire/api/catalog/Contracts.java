package dev.statuswire.api.catalog;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.yaml} and {@code GET /asyncapi.yaml}: returns the API's contracts. */
public final class Contracts {

    private final byte[] openApi = read("/openapi.yaml");
    private final byte[] asyncApi = read("/asyncapi.yaml");

    /** Handles {@code /openapi.yaml}. */
    public void openApi(Context call) {
        respond(call, openApi);
    }

    /** Handles {@code /asyncapi.yaml}. */
    public void asyncApi(Context call) {
        respond(call, asyncApi);
    }

    private static void respond(Context call, byte[] yaml) {
        call.contentType("application/yaml").result(yaml);
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Contracts.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
