package dev.statuswire.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads {@code inputs.json}: groups of inputs with the errors that a schema gives for each. */
final class InputGroups {

    private InputGroups() {}

    /**
     * The inputs for one schema.
     *
     * @param record the record of {@link InputRecords} from which the schema is derived; empty if
     *     the schema is written by hand
     */
    record Group(String about, String record, JsonNode schema, List<Case> cases) {

        boolean isOfRecord() {
            return !record.isEmpty();
        }

        /** Shows which group a test is about. */
        @Override
        public String toString() {
            return about;
        }
    }

    /**
     * An input and its errors.
     *
     * @param isLeftToServer whether the page reports none of the errors
     */
    record Case(JsonNode input, List<InputError> errors, boolean isLeftToServer) {

        boolean isValid() {
            return errors.isEmpty();
        }
    }

    static Stream<Group> all() {
        try (InputStream file =
                Objects.requireNonNull(InputGroups.class.getResourceAsStream("inputs.json"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Json.parse(text).orElseThrow().valueStream().map(InputGroups::group);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Stream<Group> ofRecords() {
        return all().filter(Group::isOfRecord);
    }

    private static Group group(JsonNode json) {
        return new Group(
                json.path("about").asText(),
                json.path("record").asText(),
                json.path("schema"),
                json.path("inputs").valueStream().map(InputGroups::one).toList());
    }

    private static Case one(JsonNode json) {
        return new Case(
                json.path("input"),
                json.path("errors")
                        .valueStream()
                        .map(
                                error ->
                                        new InputError(
                                                error.path("pointer").asText(),
                                                error.path("detail").asText()))
                        .toList(),
                json.has("browser"));
    }
}
