package dev.statuswire.bench.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A zip as the build has packed it. */
public enum Zip {
    API("backend/api", "statuswire-api"),
    IDENTITY("backend/identity", "statuswire-identity"),
    PROCESSOR("backend/processor", "statuswire-processor"),
    NOTIFIER("notifier", "statuswire-notifier"),
    TYPES_LAYER("backend/types", "statuswire-types-layer"),
    /** Of the function that does nothing. */
    NOTHING("infra/bench-nothing", "statuswire-bench-nothing");

    private final String module;
    private final String name;

    Zip(String module, String name) {
        this.module = module;
        this.name = name;
    }

    /**
     * Where it is.
     *
     * @throws IllegalStateException where it was not built
     */
    Path in(Path root) {
        Path file = root.resolve(module).resolve("target").resolve(name + ".zip");
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    file
                            + " is not there; build with -Dstatuswire.lambda-zip.phase=package, as"
                            + " ./bench does");
        }
        return file;
    }

    /** How large it is. */
    public long bytes(Path root) {
        try {
            return Files.size(in(root));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
