package dev.statuswire.aws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the build of the other modules made, which the stack uploads.
 *
 * @param root the folder of the whole project
 */
record Artifacts(Path root) {

    static final String API = "backend/api/target/statuswire-api.zip";
    static final String IDENTITY = "backend/identity/target/statuswire-identity.zip";
    static final String NOTIFIER = "notifier/target/statuswire-notifier.zip";
    static final String PROCESSOR = "backend/processor/target/statuswire-processor.zip";
    static final String TYPES = "backend/types/target/statuswire-types-layer.zip";
    static final String OPENAPI = "backend/api/target/classes/openapi.yaml";
    static final String ASYNCAPI = "backend/api/target/classes/asyncapi.yaml";
    static final String PAGE = "web/target/classes/statuswire/web";

    /** Request types of one's own, from the folder {@code types}; there only if there are some. */
    static final String OWN_TYPES = "infra/aws/target/own-types-layer.zip";

    /**
     * Where that artifact is.
     *
     * @throws IllegalStateException where it is not
     */
    String path(String artifact) {
        return found(artifact)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        root.resolve(artifact)
                                                + " is not there; ./deploy --synth builds it"));
    }

    /** Where that artifact is; empty where it is not. */
    Optional<String> found(String artifact) {
        return Optional.of(root.resolve(artifact)).filter(Files::exists).map(Path::toString);
    }
}
