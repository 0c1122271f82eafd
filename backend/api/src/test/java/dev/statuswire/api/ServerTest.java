package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.RawHttp;
import dev.statuswire.core.testing.InMemoryRequestStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerTest {

    private static final String ANY = "{\"type\":\"test-any\",\"input\":{}}";
    private static final String PAGE = "https://page.example.org";

    private static final ApiServer SERVER = start();

    /** Each test has its own owner. */
    private final ApiClient client = SERVER.client().as(UUID.randomUUID().toString());

    private static ApiServer start() {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.owners(ApiClient::ownerOf);
        parts.settings =
                new ApiSettings(
                        Set.of("127.0.0.1", "localhost", "[::1]", "exact.example.org:8443"),
                        Set.of(PAGE),
                        10,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Set.of(),
                        0);
        parts.more = config -> config.routes.ws("/live", socket -> {});
        return ApiServer.start(parts);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private String raw(String... lines) {
        return RawHttp.send(SERVER.port(), lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost:8080",
                "LOCALHOST",
                "[::1]:80",
                "[::1]",
                "exact.example.org:8443"
            })
    void an_allowed_host_is_served(String host) {
        assertThat(raw("GET /types HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.org",
                "127.0.0.1.evil.example.org",
                "localhost.evil.example.org:8080",
                "exact.example.org",
                "exact.example.org:80",
                "127.0.0.2"
            })
    void any_other_host_is_421(String host) {
        for (String path : new String[] {"/types", "/no/such/path"}) {
            assertThat(raw("GET " + path + " HTTP/1.1", "Host: " + host))
                    .startsWith("HTTP/1.1 421")
                    .contains("application/problem+json")
                    .contains("/problems/unknown-host");
        }
    }

    @Test
    void a_page_of_another_site_cannot_change_anything() {
        Answer answer = client.postJson("/requests", ANY, "Origin", "https://evil.example.org");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.has("Access-Control-Allow-Origin")).isFalse();
        assertThat(client.post("/live/tickets", "Origin", "null").status()).isEqualTo(403);
        assertThat(client.get("/requests").json().path("requests")).isEmpty();
    }

    @Test
    void a_page_of_another_site_cannot_read_responses() {
        Answer answer = client.get("/types", "Origin", "https://evil.example.org");
        assertThat(answer.has("Access-Control-Allow-Origin")).isFalse();
    }

    @Test
    void every_response_varies_by_the_origin_even_without_one_and_on_errors() {
        for (String path : new String[] {"/types", "/requests", "/nowhere", "/status/short"}) {
            assertThat(variesBy(client.get(path))).as(path).contains("Origin");
            assertThat(variesBy(client.get(path, "Origin", PAGE))).as(path).contains("Origin");
            assertThat(variesBy(client.get(path, "Origin", "https://evil.example.org")))
                    .as(path)
                    .contains("Origin");
        }
        assertThat(variesBy(client.send("OPTIONS", "/requests", null))).contains("Origin");
        assertThat(variesBy(client.send("DELETE", "/requests", null))).contains("Origin");
        assertThat(
                        variesBy(
                                client.postJson(
                                        "/requests", ANY, "Origin", "https://evil.example.org")))
                .contains("Origin");
        assertThat(raw("GET /types HTTP/1.1", "Host: evil.example.org"))
                .containsIgnoringCase("\r\nVary: Origin");
        assertThat(raw("GET /types HTTP/9.9", "Host: 127.0.0.1"))
                .containsIgnoringCase("\r\nVary: Origin");
    }

    @Test
    void compressible_responses_vary_by_the_accepted_encoding() {
        for (String encoding : new String[] {"gzip", "identity"}) {
            Answer answer = client.get("/openapi.yaml", "Accept-Encoding", encoding);
            assertThat(answer.has("Content-Encoding")).isEqualTo(encoding.equals("gzip"));
            assertThat(variesBy(answer)).contains("Accept-Encoding");
        }
    }

    private static List<String> variesBy(Answer answer) {
        return answer.headers().allValues("Vary").stream()
                .flatMap(value -> Stream.of(value.split(", *", -1)))
                .toList();
    }

    @Test
    void a_page_of_this_host_can_submit() {
        String own = "http://127.0.0.1:" + SERVER.port();
        assertThat(client.postJson("/requests", ANY, "Origin", own).status()).isEqualTo(202);
        String otherPort = "http://127.0.0.1:1";
        assertThat(client.postJson("/requests", ANY, "Origin", otherPort).status()).isEqualTo(403);
    }

    @Test
    void a_page_of_an_allowed_origin_can_submit_and_read_the_response() {
        Answer answer = client.postJson("/requests", ANY, "Origin", PAGE);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag");
        assertThat(answer.header("Vary")).contains("Origin");
    }

    @Test
    void a_preflight_lists_what_a_page_of_an_allowed_origin_may_do() {
        Answer answer =
                client.send(
                        "OPTIONS",
                        "/requests/" + ApiClient.newId(),
                        null,
                        "Origin",
                        PAGE,
                        "Access-Control-Request-Method",
                        "PUT");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("PUT");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("Idempotency-Key");
    }

    @Test
    void a_socket_opens_only_for_pages_of_this_host_or_an_allowed_origin() {
        assertThat(upgrade("Origin: https://evil.example.org")).startsWith("HTTP/1.1 403");
        assertThat(upgrade("Origin: " + PAGE)).startsWith("HTTP/1.1 101");
        assertThat(upgrade("X-Nothing: at all")).startsWith("HTTP/1.1 101");
    }

    @Test
    void a_socket_opens_only_at_an_allowed_host() {
        assertThat(
                        raw(
                                "GET /live HTTP/1.1",
                                "Host: evil.example.org",
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                .startsWith("HTTP/1.1 421");
    }

    /**
     * Returns the first bytes of the response, without waiting for the server to close the socket.
     */
    private String upgrade(String header) {
        return RawHttp.head(
                SERVER.port(),
                "GET /live HTTP/1.1",
                "Host: 127.0.0.1:" + SERVER.port(),
                header,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    @Test
    void an_unknown_path_gives_a_problem() {
        Answer answer = client.get("/no/such/path");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
        assertThat(answer.json().path("instance").asText()).isEqualTo("/no/such/path");
        assertThat(client.get("/status").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/nope/{id} /nope/%7Bid%7D",
                "/nope/a|b /nope/a%7Cb",
                "/status/\"order-1\" /status/%22order-1%22",
                "/status/a<b>c /status/a%3Cb%3Ec",
                "/nope/a\\b /nope/a%5Cb",
                "/nope/a^b`c /nope/a%5Eb%60c",
                "/nope/[a] /nope/%5Ba%5D",
                "/nope/%7Ba%2Fb%20c /nope/%7Ba%2Fb%20c",
                "/nope/%u0041 /nope/%25u0041",
                "//evil.example.org/x /.//evil.example.org/x",
                "http://127.0.0.1/nope/{id} /nope/%7Bid%7D"
            })
    void instance_of_a_problem_is_a_uri_reference(String path, String instance) {
        String answer = raw("GET " + path + " HTTP/1.1", "Host: 127.0.0.1");

        assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
        assertThat(answer).contains("\"instance\":\"" + instance + "\"");
    }

    @Test
    void instance_of_a_problem_with_a_path_that_is_not_ascii_is_a_uri_reference() {
        for (String path : new String[] {"/nope/\u00e9", "/status/\u00e9", "/\u00ff\u00fe"}) {
            assertThat(raw("GET " + path + " HTTP/1.1", "Host: 127.0.0.1"))
                    .containsPattern("\"instance\":\"(%[0-9A-F]{2}|[a-z/.])*\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "image/png", "*/*"})
    void a_problem_is_a_problem_document_regardless_of_the_accept_header(String accept) {
        assertThat(client.get("/no/such/path", "Accept", accept).header("Content-Type"))
                .isEqualTo("application/problem+json");
    }

    @Test
    void a_method_that_a_path_does_not_support_is_405() {
        Answer answer = client.send("DELETE", "/requests", null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow").split(", "))
                .containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS", "POST");
        Answer html = client.send("PATCH", "/types", null, "Accept", "text/html");
        assertThat(html.header("Allow").split(", "))
                .containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
        assertThat(client.get("/live/tickets").status()).isEqualTo(405);
    }

    @Test
    void an_unknown_method_is_405() {
        assertThat(client.send("BREW", "/types", null).status()).isEqualTo(405);
    }

    @Test
    void a_method_override_is_refused() {
        assertThat(client.get("/live/tickets", "X-HTTP-Method-Override", "POST").status())
                .isEqualTo(400);
    }

    @Test
    void head_is_get_without_a_body() {
        String id = ApiClient.newId();
        String tag = client.putJson("/requests/" + id, ANY).documentTag();
        Answer answer = client.send("HEAD", "/status/" + id, null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo(tag);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(client.send("HEAD", "/status/" + ApiClient.newId(), null).status())
                .isEqualTo(404);
    }

    @Test
    void options_lists_the_methods_of_a_path() {
        Answer answer = client.send("OPTIONS", "/requests/" + ApiClient.newId() + "/retry", null);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("OPTIONS, POST");
    }

    @Test
    void responses_are_neither_cached_nor_sniffed() {
        for (String path : new String[] {"/types", "/requests", "/health", "/nothing"}) {
            Answer answer = client.get(path);
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void malformed_http_gives_a_problem() {
        for (String line :
                new String[] {
                    "GET /status/%zz HTTP/1.1",
                    "GET /status/%c3%28aaaaaaaa HTTP/1.1",
                    "GET /types HTTP/9.9",
                    "GET /../../etc/passwd HTTP/1.1",
                    "G\u00e9T / HTTP/1.1"
                }) {
            String answer = raw(line, "Host: 127.0.0.1");
            assertThat(answer).as(line).matches("(?s)HTTP/1\\.1 (4\\d\\d|505).*");
            assertThat(answer).as(line).contains("application/problem+json");
            assertThat(answer).as(line).doesNotContain("/problems/not-json", "badMessage");
            assertThat(answer).as(line).doesNotContain("Exception", "<html", "jetty");
        }
    }

    @Test
    void a_call_without_a_host_is_refused() {
        assertThat(raw("GET /types HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /types HTTP/1.0")).startsWith("HTTP/1.1 421");
    }

    @Test
    void headers_that_are_too_large_give_a_problem() {
        String answer =
                raw("GET /types HTTP/1.1", "Host: 127.0.0.1", "X-Large: " + "x".repeat(20_000));
        assertThat(answer).startsWith("HTTP/1.1 431").contains("application/problem+json");
    }

    @Test
    void an_upgrade_on_a_path_without_a_socket_gives_a_problem() {
        String answer =
                raw(
                        "GET /types HTTP/1.1",
                        "Host: 127.0.0.1",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(answer).startsWith("HTTP/1.1 404").contains("application/problem+json");
    }
}
