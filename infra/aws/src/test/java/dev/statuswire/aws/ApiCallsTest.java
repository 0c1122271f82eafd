package dev.statuswire.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statuswire.api.RouteList;
import dev.statuswire.api.testing.Contract;
import dev.statuswire.api.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that the calls of {@code openapi.yaml} are the routes of the API. Each of their paths
 * reaches the API on AWS and through the proxy of {@code npm run dev}, without a token if the
 * contract allows that.
 */
final class ApiCallsTest {

    private static final JsonNode PATHS = Yaml.resource("/openapi.yaml").get("paths");
    private static final Path WEB = Path.of("../../web");
    private static final Pattern PROXIED = Pattern.compile("'(/[a-z./]+)'");

    @Test
    void calls_of_the_contract_are_the_routes_of_the_api() {
        assertThat(RouteList.calls()).containsExactlyInAnyOrderElementsOf(Contract.calls());
    }

    @Test
    void paths_that_need_no_token_in_the_contract_are_open_on_aws() {
        List<String> open =
                PATHS.properties().stream()
                        .filter(path -> isPublic(path.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();

        assertThat(ApiPaths.OPEN).containsExactlyInAnyOrderElementsOf(open);
    }

    private static boolean isPublic(JsonNode path) {
        return Stream.of("get", "post")
                .map(method -> path.path(method).path("security"))
                .anyMatch(security -> security.isArray() && security.isEmpty());
    }

    @Test
    void every_path_matches_one_pattern_of_cloudfront_or_is_a_public_document() {
        List<String> patterns =
                Stream.concat(ApiPaths.PATTERNS.stream(), PublicDocuments.PATHS.stream()).toList();

        assertThat(paths())
                .allSatisfy(
                        path ->
                                assertThat(patterns)
                                        .filteredOn(it -> matches(path, it))
                                        .hasSize(1));
        assertThat(patterns).allMatch(it -> paths().stream().anyMatch(path -> matches(path, it)));
    }

    @Test
    void dev_proxy_forwards_every_path_and_no_other() throws IOException {
        String source = Files.readString(WEB.resolve("scripts/dev-proxy.ts"));
        String proxy = source.substring(source.indexOf("function backend()"));
        List<String> prefixes =
                PROXIED.matcher(proxy.substring(0, proxy.indexOf("\n}")))
                        .results()
                        .map(prefix -> prefix.group(1))
                        .toList();

        assertThat(paths())
                .allSatisfy(path -> assertThat(prefixes).filteredOn(path::startsWith).hasSize(1));
        assertThat(prefixes).allMatch(it -> paths().stream().anyMatch(path -> path.startsWith(it)));
        assertThat(WEB.resolve("vite.config.ts")).content().contains("proxy: backend()");
    }

    /** Returns the paths of the contract, as a client calls them. */
    private static List<String> paths() {
        return PATHS.properties().stream()
                .map(path -> path.getKey().replaceAll("\\{[^}]+}", "12345678"))
                .toList();
    }

    private static boolean matches(String path, String pattern) {
        return path.matches(pattern.replace(".", "\\.").replace("*", ".*"));
    }
}
