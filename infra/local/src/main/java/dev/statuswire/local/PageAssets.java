package dev.statuswire.local;

import dev.statuswire.core.settings.PageSecurityPolicy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The page, and the client module that pages of others import: static files of the jar of the
 * module {@code web}. What has a hash in its name is kept by browsers for good. Nothing else is
 * kept at all: all files of a jar have one time stamp, so by what a server would make its
 * validators of, two builds of a file can look the same.
 */
final class PageAssets {

    private static final String FOLDER = "/statuswire/web";
    private static final String HASHED = "/assets";
    private static final String CLIENT = "/client";

    private PageAssets() {}

    /**
     * Adds them, with the headers that they have on AWS.
     *
     * @param loginOrigins where the page logs people in
     */
    static void register(JavalinConfig config, List<String> loginOrigins) {
        var headers = new HashMap<>(PageSecurityPolicy.APART);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Content-Security-Policy", PageSecurityPolicy.contentSecurity(loginOrigins));
        headers.put("Cache-Control", "public, max-age=31536000, immutable");
        add(config, HASHED, FOLDER + HASHED, Map.copyOf(headers));
        headers.put("Cache-Control", "no-store");
        var forEverybody = new HashMap<>(headers);
        forEverybody.putAll(PageSecurityPolicy.FOR_EVERYBODY);
        add(config, CLIENT, FOLDER + CLIENT, Map.copyOf(forEverybody));
        add(config, "/", FOLDER, Map.copyOf(headers));
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
