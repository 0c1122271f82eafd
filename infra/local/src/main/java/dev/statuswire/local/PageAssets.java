package dev.statuswire.local;

import dev.statuswire.core.settings.PageSecurityPolicy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.staticfiles.Location;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Serves the page, and the client module that third-party pages import, as static files from the
 * jar of the module {@code web}. Browsers cache files with a hash in their names indefinitely. They
 * do not cache the others at all: all files in the jar have the same timestamp, so validators that
 * a server derives from it could be equal for two builds of a file.
 */
final class PageAssets {

    private static final String FOLDER = "/statuswire/web";
    private static final String HASHED = "/assets";
    private static final String CLIENT = "/client";

    private PageAssets() {}

    /**
     * Registers the files, with the same headers as on AWS.
     *
     * @param loginOrigins the origins that the page calls to log users in
     */
    static void register(JavalinConfig config, List<String> loginOrigins) {
        var headers = new HashMap<>(PageSecurityPolicy.ISOLATION);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Content-Security-Policy", PageSecurityPolicy.contentSecurity(loginOrigins));
        headers.put("Cache-Control", "public, max-age=31536000, immutable");
        add(config, HASHED, FOLDER + HASHED, Map.copyOf(headers));
        headers.put("Cache-Control", "no-store");
        var forEverybody = new HashMap<>(headers);
        forEverybody.putAll(PageSecurityPolicy.ANY_ORIGIN);
        add(config, CLIENT, FOLDER + CLIENT, Map.copyOf(forEverybody));
        add(config, "/", FOLDER, Map.copyOf(headers));
        config.routes.get("/l/{secret}", call -> linkPage(call, headers));
        config.routes.head("/l/{secret}", call -> linkPage(call, headers));
    }

    /** Responds with the same page for every link. */
    private static void linkPage(Context call, Map<String, String> headers) {
        if (call.path().endsWith("/")) {
            // The files of the page are not where the page would look for them.
            throw new NotFoundResponse();
        }
        InputStream page = PageAssets.class.getResourceAsStream(FOLDER + "/l/index.html");
        headers.forEach(call::header);
        call.contentType(ContentType.TEXT_HTML).result(Objects.requireNonNull(page));
    }

    private static void add(
            JavalinConfig config, String path, String folder, Map<String, String> headers) {
        config.staticFiles.add(
                files -> {
                    files.hostedPath = path;
                    files.directory = folder;
                    files.location = Location.CLASSPATH;
                    files.headers = headers;
                });
    }
}
