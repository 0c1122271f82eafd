package dev.statuswire.aws;

import dev.statuswire.core.document.CatalogDocuments;
import dev.statuswire.core.json.Json;
import dev.statuswire.core.type.RequestTypes;
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
 * What the API answers alike to every caller, as files beside the page: a page loads and submits
 * even where every function is down. Byte for byte what the API function answers.
 *
 * @param json the texts of documents, by the names of their files; they may have tokens in them
 * @param yaml the texts of contracts, likewise
 */
record PublicDocuments(Map<String, String> json, Map<String, String> yaml) {

    private static final String TYPES = "types";
    private static final String IDENTITY = "identity";
    private static final String OPENAPI = "openapi.yaml";
    private static final String ASYNCAPI = "asyncapi.yaml";

    /** The paths that they are called by. */
    static final List<String> PATHS =
            Stream.of(TYPES, IDENTITY, OPENAPI, ASYNCAPI).map(name -> "/" + name).toList();

    PublicDocuments {
        json = Map.copyOf(json);
        yaml = Map.copyOf(yaml);
    }

    /**
     * The documents of a stack.
     *
     * @param oidc what {@code STATUSWIRE_OIDC_*} say to the functions
     */
    static PublicDocuments of(RequestTypes types, Map<String, String> oidc, Artifacts artifacts) {
        return new PublicDocuments(
                Map.of(
                        TYPES,
                        Json.write(CatalogDocuments.types(types)),
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

    /** What to upload: CloudFormation puts in what only it knows, such as the user pool's id. */
    static List<ISource> sources(Map<String, String> texts) {
        return texts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(text -> Source.data(text.getKey(), text.getValue()))
                .toList();
    }
}
