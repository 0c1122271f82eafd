package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.testing.Yaml;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every path of the contract leads to the API or to a document in the page's bucket, and needs a
 * token where the contract says so.
 */
final class ApiPathsTest {

    private static final JsonNode PATHS = Yaml.resource("/openapi.yaml").get("paths");

    @Test
    void what_needs_no_token_is_open_and_nothing_else() {
        List<String> open =
                PATHS.properties().stream()
                        .filter(path -> path.getValue().at("/get/security").isArray())
                        .filter(path -> path.getValue().at("/get/security").isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();

        assertThat(ApiPaths.OPEN).containsExactlyInAnyOrderElementsOf(open);
    }

    @Test
    void every_path_leads_to_the_api_by_one_pattern_or_to_a_document() {
        for (Map.Entry<String, JsonNode> path : PATHS.properties()) {
            String called = path.getKey().replaceAll("\\{[^}]+}", "12345678");

            assertThat(Stream.concat(ApiPaths.PATTERNS.stream(), PublicDocuments.PATHS.stream()))
                    .as(called)
                    .filteredOn(pattern -> called.matches(pattern.replace("*", ".*")))
                    .hasSize(1);
        }
    }
}
