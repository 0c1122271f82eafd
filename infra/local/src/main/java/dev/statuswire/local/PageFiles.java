package dev.statuswire.local;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.Map;

/** The page: static files of the jar of the module {@code web}. */
final class PageFiles {

    private static final String FOLDER = "/statuswire/web";

    private PageFiles() {}

    static void register(JavalinConfig config) {
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/";
                    files.directory = FOLDER;
                    files.location = Location.CLASSPATH;
                    files.headers =
                            Map.of("Cache-Control", "no-cache", "X-Content-Type-Options", "nosniff");
                });
    }
}
