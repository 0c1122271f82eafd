package dev.statuswire.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.core.json.Json;
import dev.statuswire.schema.regex.ValidationBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every case of the official test suite for draft 4, with its optional parts. Fails on a
 * difference that is not listed, and on a listed difference that has disappeared.
 */
final class OfficialSuiteTest {

    private static final Path SUITE = Path.of("src/test/resources/json-schema-test-suite/draft4");

    private static final String ONLY_ITS_OWN_PARTS =
            "a schema can refer only to its own parts, because nothing is fetched";

    /** The groups with a difference, as file and description; the value is the reason. */
    private static final Map<String, String> DIFFERENCES =
            Map.of(
                    "refRemote.json: Location-independent identifier in remote ref",
                    ONLY_ITS_OWN_PARTS,
                    "refRemote.json: base URI change",
                    ONLY_ITS_OWN_PARTS,
                    "refRemote.json: base URI change - change folder",
                    ONLY_ITS_OWN_PARTS,
                    "refRemote.json: base URI change - change folder in subschema",
                    ONLY_ITS_OWN_PARTS,
                    "refRemote.json: fragment within remote ref",
                    ONLY_ITS_OWN_PARTS,
                    "refRemote.json: ref within remote ref",
                    ONLY_ITS_OWN_PARTS,
                    "refRemote.json: remote ref",
                    ONLY_ITS_OWN_PARTS,
                    "refRemote.json: root ref in remote ref",
                    ONLY_ITS_OWN_PARTS);

    @TestFactory
    Stream<DynamicTest> every_case_of_the_official_suite_has_the_expected_result()
            throws IOException {
        try (Stream<Path> files = Files.walk(SUITE)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            SUITE.relativize(file).toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        String name = SUITE.relativize(file).toString();
        var found = new TreeMap<String, List<String>>();
        for (JsonNode group : Json.parse(Files.readString(file)).orElseThrow()) {
            List<String> wrong = differences(group);
            if (!wrong.isEmpty()) {
                found.put(name + ": " + group.path("description").textValue(), wrong);
            }
        }
        assertThat(found.keySet())
                .as("%s", found)
                .containsExactlyInAnyOrderElementsOf(
                        DIFFERENCES.keySet().stream()
                                .filter(it -> it.startsWith(name + ":"))
                                .toList());
    }

    private static List<String> differences(JsonNode group) {
        var wrong = new ArrayList<String>();
        Schema schema;
        try {
            schema = Schema.of(group.path("schema"));
        } catch (InvalidSchemaException refused) {
            return List.of(String.valueOf(refused.getMessage()));
        }
        for (JsonNode one : group.path("tests")) {
            boolean valid =
                    schema.errorsOf(one.path("data"), "", new ValidationBudget(10_000_000), 50)
                            .isEmpty();
            if (valid != one.path("valid").booleanValue()) {
                wrong.add(one.path("description").textValue());
            }
        }
        return wrong;
    }
}
