package dev.statuswire.local;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.Map;

/**
 * The page: static files of the jar of the module {@code web}. What has a hash in its name is kept
 * by browsers for good. Nothing else is kept at all: all files of a jar have one time stamp, so by
 * what a server would make its validators of, two builds of a file can look the same.
 */
final class PageFiles {

    private static final String FOLDER = "/statuswire/web";
    private static final String HASHED = "/assets";

    private PageFiles() {}

    static void register(JavalinConfig config) {
        add(config, HASHED, FOLDER + HASHED, "public, max-age=31536000, immutable");
        add(config, "/", FOLDER, "no-store");
    }

    private static void add(JavalinConfig config, String path, String folder, String caching) {
        config.staticFiles.add(
                files -> {
                    files.hostedPath = path;
                    files.directory = folder;
                    files.location = Location.CLASSPATH;
                    files.headers =
                            Map.of("Cache-Control", caching, "X-Content-Type-Options", "nosniff");
                });
    }
}
