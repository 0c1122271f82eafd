package dev.statuswire.aws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The build outputs of the other modules, which the stack uploads.
 *
 * @param root the folder of the project
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

    /**
     * The layer with your own request types from the folder {@code types}; exists only if there are
     * any.
     */
    static final String OWN_TYPES = "infra/aws/target/own-types-layer.zip";

    /**
     * Returns the path of an artifact.
     *
     * @throws IllegalStateException if the artifact does not exist
     */
    String path(String artifact) {
        return found(artifact)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        root.resolve(artifact)
                                                + " does not exist; build it with ./deploy --synth"));
    }

    /** Returns the path of an artifact, or empty if the artifact does not exist. */
    Optional<String> found(String artifact) {
        return Optional.of(root.resolve(artifact)).filter(Files::exists).map(Path::toString);
    }
}
