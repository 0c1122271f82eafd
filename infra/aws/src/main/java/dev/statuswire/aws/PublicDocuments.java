package dev.statuswire.aws;

import dev.statuswire.core.document.CatalogDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.schema.InputSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awscdk.services.s3.deployment.ISource;
import software.amazon.awscdk.services.s3.deployment.Source;

/**
 * The API responses that are the same for every caller, as files next to the page, so that the page
 * loads and submits even if every function is down. The files are byte for byte what the API
 * function returns.
 *
 * @param json the JSON documents, by file name; they may contain tokens of the CDK
 * @param yaml the YAML documents, by file name; they may contain tokens of the CDK
 */
record PublicDocuments(Map<String, String> json, Map<String, String> yaml) {

    private static final String TYPES = "types";
    private static final String IDENTITY = "identity";
    private static final String OPENAPI = "openapi.yaml";
    private static final String ASYNCAPI = "asyncapi.yaml";

    /** The paths of the documents. */
    static final List<String> PATHS =
            Stream.of(TYPES, IDENTITY, OPENAPI, ASYNCAPI).map(name -> "/" + name).toList();

    PublicDocuments {
        json = Map.copyOf(json);
        yaml = Map.copyOf(yaml);
    }

    /**
     * Creates the documents of a stack.
     *
     * @param oidc the {@code STATUSWIRE_OIDC_*} variables of the functions
     */
    static PublicDocuments of(RequestTypes types, Map<String, String> oidc, Artifacts artifacts) {
        var schemas = new InputSchemas(types);
        return new PublicDocuments(
                Map.of(
                        TYPES,
                        Json.write(
                                CatalogDocuments.types(types, schemas::json, schemas::answersJson)),
                        IDENTITY,
                        Json.write(
                                CatalogDocuments.identity(
                                        oidc(oidc, "ISSUER"),
                                        oidc(oidc, "CLIENT_ID"),
                                        oidc(oidc, "SCOPE")))),
                Map.of(
                        OPENAPI, read(artifacts.path(Artifacts.OPENAPI)),
                        ASYNCAPI, read(artifacts.path(Artifacts.ASYNCAPI))));
    }

    private static String oidc(Map<String, String> settings, String name) {
        return Objects.requireNonNull(settings.get("STATUSWIRE_OIDC_" + name));
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Returns the files to upload. CloudFormation replaces the tokens in them, such as the id of
     * the user pool.
     */
    static List<ISource> sources(Map<String, String> texts) {
        return texts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(text -> Source.data(text.getKey(), text.getValue()))
                .toList();
    }
}
