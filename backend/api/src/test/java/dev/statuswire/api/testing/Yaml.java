package dev.statuswire.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reads YAML resources. */
public final class Yaml {

    private static final YAMLMapper MAPPER = new YAMLMapper();

    private Yaml() {}

    /** Returns a resource of the class path as JSON. */
    public static JsonNode resource(String name) {
        try (InputStream stream = Yaml.class.getResourceAsStream(name)) {
            return MAPPER.readTree(Objects.requireNonNull(stream, name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
