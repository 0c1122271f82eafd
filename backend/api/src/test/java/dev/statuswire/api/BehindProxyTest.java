package dev.statuswire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.Answer;
import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.ApiServer;
import dev.statuswire.api.testing.RawHttp;
import dev.statuswire.core.settings.Environment;
import dev.statuswire.core.testing.InMemoryRequestStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API behind a TLS-terminating proxy on this machine. */
final class BehindProxyTest {

    private static final String ANY = "{\"type\":\"test-any\",\"input\":1}";
    private static final String QUERY = "?ticket=ticket-of-local-0123456789";

    private static final ApiServer SERVER =
            start(Map.of("STATUSWIRE_ALLOWED_HOSTS", "work.example.org"));

    private final ApiClient client = SERVER.client();

    private static ApiServer start(Map<String, String> environment) {
        var store = new InMemoryRequestStore(ApiServer.Parts.TRANSITIONS);
        var parts = new ApiServer.Parts(store, store);
        parts.settings = ApiSettings.from(new Environment(environment));
        return ApiServer.start(parts);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto | https                       | wss://HERE/live",
                "X-Forwarded-Proto | HTTPS                       | wss://HERE/live",
                "X-Forwarded-Proto | https, http                 | wss://HERE/live",
                "X-Forwarded-Proto | http                        | ws://HERE/live",
                "X-Forwarded-Proto | gopher                      | ws://HERE/live",
                "Forwarded         | proto=https                 | wss://HERE/live",
                "Forwarded | for=1.2.3.4;proto=https;host=work.example.org | wss://work.example.org/live",
                "Forwarded | host=\"work.example.org:8443\";proto=https | wss://work.example.org:8443/live",
                "X-Forwarded-Host  | work.example.org            | ws://work.example.org/live",
                "X-Forwarded-Host  | evil.example.org            | ws://HERE/live",
                "X-Forwarded-Host  | work.example.org/<>         | ws://HERE/live",
                "X-Forwarded-Host  | work.example.org@evil       | ws://HERE/live",
                "X-Forwarded-Port  | many                        | ws://HERE/live",
                "Forwarded         | proto=https;;host=\"        | ws://HERE/live",
                "Forwarded         | host=evil.example.org;proto=https | wss://HERE/live"
            })
    void url_of_a_ticket_is_the_one_at_which_the_proxy_was_called(
            String header, String value, String url) {
        Answer answer = client.post("/live/tickets", header, value);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("url").asText())
                .isEqualTo(url.replace("HERE", "127.0.0.1:" + SERVER.port()) + QUERY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: ",
                "X-Forwarded-Host: ,",
                "X-Forwarded-Host: , ",
                "X-Forwarded-Host: , work.example.org",
                "X-Forwarded-Host: \"\"",
                "X-Forwarded-Host: :",
                "X-Forwarded-Host: :80",
                "X-Forwarded-Host: []",
                "Forwarded: host=\"\"",
                "Forwarded: host=",
                "Forwarded: host=\":80\"",
                "Forwarded: host=\" \"",
                "Forwarded: ",
                "X-Forwarded-Proto: ",
                "X-Forwarded-Proto: ,",
                "X-Forwarded-Port: ",
                "X-Forwarded-Port: ,",
                "X-Forwarded-For: "
            })
    void empty_header_of_a_proxy_is_ignored(String header) {
        assertThat(ticket(header, "Content-Length: 0"))
                .startsWith("HTTP/1.1 201")
                .contains("\"ws://127.0.0.1:" + SERVER.port() + "/live");
    }

    private String ticket(String... headers) {
        var lines = new ArrayList<String>();
        lines.add("POST /live/tickets HTTP/1.1");
        lines.add("Host: 127.0.0.1:" + SERVER.port());
        lines.addAll(List.of(headers));
        return RawHttp.send(SERVER.port(), lines.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Proxied-Https: on", "Proxy-Ssl-Id: 1", "Proxy-Auth-Cert: x"})
    void undocumented_headers_do_not_make_a_call_secure(String header) {
        assertThat(ticket(header, "Content-Length: 0")).contains("\"ws://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense:::", "[::1", "", "1.2.3.4, ]", "\"", "unknown"})
    void malformed_client_address_does_not_disable_scheme_and_host(String client) {
        assertThat(
                        ticket(
                                "X-Forwarded-For: " + client,
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: work.example.org",
                                "Content-Length: 0"))
                .contains("\"wss://work.example.org/live");
    }

    @Test
    void scheme_is_used_without_a_host() {
        assertThat(ticket("X-Forwarded-Host:", "X-Forwarded-Proto: https", "Content-Length: 0"))
                .contains("\"wss://127.0.0.1:" + SERVER.port() + "/live");
    }

    @Test
    void scheme_host_and_port_are_read_from_separate_headers() {
        Answer answer =
                client.post(
                        "/live/tickets",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "work.example.org",
                        "X-Forwarded-Port",
                        "8443");
        assertThat(answer.json().path("url").asText())
                .isEqualTo("wss://work.example.org:8443/live" + QUERY);
    }

    @Test
    void page_of_the_forwarded_host_is_same_origin() {
        String[] forwarded = {
            "X-Forwarded-Proto", "https", "X-Forwarded-Host", "work.example.org", "Origin"
        };
        assertThat(post(forwarded, "https://work.example.org").status()).isEqualTo(202);
        assertThat(post(forwarded, "https://evil.example.org").status()).isEqualTo(403);
        assertThat(
                        client.postJson(
                                        "/requests",
                                        ANY,
                                        "X-Forwarded-Host",
                                        "evil.example.org",
                                        "Origin",
                                        "https://evil.example.org")
                                .status())
                .isEqualTo(403);
    }

    private Answer post(String[] forwarded, String origin) {
        String[] headers = Arrays.copyOf(forwarded, forwarded.length + 1);
        headers[forwarded.length] = origin;
        return client.postJson("/requests", ANY, headers);
    }

    @Test
    void forwarded_host_never_replaces_the_host_header() {
        assertThat(
                        RawHttp.send(
                                SERVER.port(),
                                "GET /types HTTP/1.1",
                                "Host: evil.example.org",
                                "X-Forwarded-Host: work.example.org"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void responses_use_the_public_url() {
        try (ApiServer behind =
                start(Map.of("STATUSWIRE_PUBLIC_URL", "https://work.example.org:8443/a"))) {
            ApiClient clientOf = behind.client();
            assertThat(
                            clientOf.post(
                                            "/live/tickets",
                                            "Origin",
                                            "https://work.example.org:8443")
                                    .json()
                                    .path("url")
                                    .asText())
                    .isEqualTo("wss://work.example.org:8443/a/live" + QUERY);
            String id = ApiClient.newId();
            for (int status : new int[] {202, 200}) {
                Answer answer = clientOf.putJson("/requests/" + id, ANY);
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.header("Location")).isEqualTo("/a/status/" + id);
            }
            assertThat(
                            RawHttp.send(
                                    behind.port(),
                                    "GET /types HTTP/1.1",
                                    "Host: work.example.org:8443"))
                    .startsWith("HTTP/1.1 200");
        }
    }
}
