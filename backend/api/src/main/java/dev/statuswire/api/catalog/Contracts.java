package dev.statuswire.api.catalog;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /openapi.yaml} and {@code /asyncapi.yaml}: the contracts that this API keeps. */
public final class Contracts {

    private final byte[] openApi = read("/openapi.yaml");
    private final byte[] asyncApi = read("/asyncapi.yaml");

    /** Handles {@code /openapi.yaml}. */
    public void openApi(Context call) {
        answer(call, openApi);
    }

    /** Handles {@code /asyncapi.yaml}. */
    public void asyncApi(Context call) {
        answer(call, asyncApi);
    }

    private static void answer(Context call, byte[] yaml) {
        call.contentType("application/yaml").result(yaml);
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Contracts.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
