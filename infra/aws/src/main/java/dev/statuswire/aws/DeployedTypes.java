package dev.statuswire.aws;

import dev.statuswire.core.type.RequestTypes;
import dev.statuswire.sdk.Definition;
import dev.statuswire.sdk.InvalidTypeException;
import dev.statuswire.sdk.RequestType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Loads the request types that are deployed: the shipped ones, and those of the own layer. */
final class DeployedTypes {

    private static final String SERVICES = "META-INF/services/" + RequestType.class.getName();

    private DeployedTypes() {}

    /**
     * Loads the types that {@code loader} finds. Runs code of their authors.
     *
     * @throws InvalidTypeException if a type breaks a rule
     * @throws IllegalArgumentException if two jars have the same type, or if the code of a type
     *     fails; the message is one line
     */
    static RequestTypes load(ClassLoader loader) {
        requireEachClassOnce(loader);
        var definitions = new ArrayList<Definition<?>>();
        var jars = new HashMap<String, String>();
        try {
            for (RequestType<?> type : ServiceLoader.load(RequestType.class, loader)) {
                Definition<?> definition = type.define();
                requireOnce("the request type " + definition.name(), jar(type), jars);
                definitions.add(definition);
            }
        } catch (InvalidTypeException | IllegalArgumentException wrong) {
            throw wrong;
        } catch (RuntimeException | ServiceConfigurationError | LinkageError failed) {
            throw new IllegalArgumentException(
                    ("a request type cannot be loaded: " + failed).replaceAll("\\R\\s*", " "),
                    failed);
        }
        return RequestTypes.of(definitions);
    }

    /**
     * Of two jars with the same class, one would be deployed for nothing, such as an old version.
     */
    private static void requireEachClassOnce(ClassLoader loader) {
        var jars = new HashMap<String, String>();
        try {
            for (URL list : Collections.list(loader.getResources(SERVICES))) {
                for (String name : names(list)) {
                    requireOnce("the class " + name, jar(list.getPath()), jars);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> names(URL list) throws IOException {
        try (InputStream stream = list.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    private static void requireOnce(String what, String jar, Map<String, String> jars) {
        String other = jars.put(what, jar);
        if (other != null) {
            throw new IllegalArgumentException(
                    "%s is in %s and in %s; remove one of them".formatted(what, other, jar));
        }
    }

    private static String jar(RequestType<?> type) {
        return jar(type.getClass().getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** Returns the path of the jar, or of the folder of classes, that a URL's path is in. */
    private static String jar(String path) {
        return path.replaceFirst("^file:", "").replaceFirst("!?/" + SERVICES + "$", "");
    }
}
