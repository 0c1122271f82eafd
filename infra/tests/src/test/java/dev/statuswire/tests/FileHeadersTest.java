package dev.statuswire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caching headers of the files of the page and of the client module. */
final class FileHeadersTest {

    private static final String ALLOWED = "https://page.example.org";

    @RegisterExtension
    static final RuntimeExtension RUNNING =
            new RuntimeExtension(Map.of("STATUSWIRE_ALLOWED_ORIGINS", ALLOWED));

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern SCRIPT = Pattern.compile("assets/[^\"']+\\.js");

    private static HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        URI uri = RUNNING.page().resolve(path);
        var request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String script() throws IOException, InterruptedException {
        Matcher script = SCRIPT.matcher(get("/").body());
        assertThat(script.find()).isTrue();
        return "/" + script.group();
    }

    private static List<String> variesBy(HttpResponse<String> response) {
        return response.headers().allValues("Vary").stream()
                .flatMap(value -> Stream.of(value.split(", *", -1)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "gzip;q=0", "br"})
    void script_that_is_cached_for_a_year_varies_by_the_accepted_encoding(String encoding)
            throws Exception {
        var response = get(script(), "Accept-Encoding", encoding);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(response.headers().firstValue("Content-Encoding").isPresent())
                .isEqualTo(encoding.equals("gzip"));
        assertThat(variesBy(response)).contains("Accept-Encoding", "Origin");
    }

    @Test
    void unchanged_script_has_the_same_vary_header() throws Exception {
        String tag = get(script()).headers().firstValue("ETag").orElseThrow();

        var unchanged = get(script(), "If-None-Match", tag, "Accept-Encoding", "gzip");

        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(variesBy(unchanged)).contains("Accept-Encoding", "Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/client/statuswire.js", "/client/none.js"})
    void file_varies_by_the_origin_even_without_one(String path) throws Exception {
        assertThat(variesBy(get(path))).contains("Origin");
        assertThat(variesBy(get(path, "Origin", "https://other.example.org"))).contains("Origin");
    }

    @Test
    void every_origin_may_import_the_client_module_by_exactly_one_header() throws Exception {
        for (String origin : List.of("https://other.example.org", ALLOWED)) {
            var response = get("/client/statuswire.js", "Origin", origin);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly("*");
        }
    }
}
