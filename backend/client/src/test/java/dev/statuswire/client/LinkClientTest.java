package dev.statuswire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of links, and where their secrets must not appear. The contract is tested elsewhere. */
final class LinkClientTest {

    private static final String SECRET = "0mBkUvN6_5yYCcf0zWgVJA";

    private static final String LINK_NOT_VALID = "/problems/link-not-valid";

    /** The problem of a server that does not know links. */
    private static final String NO_RESOURCE = "/problems/not-found";

    private static final String LINK =
            """
            {"linkId":"n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg","scope":"answer","step":"approve",
             "label":"For Bob","showsInput":true,"createdAt":"2026-11-20T10:00:00.123Z",
             "expiresAt":"2027-12-25T10:00:00.000Z"%s}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host",
                "https://host/l/",
                "https://host/l/0mBkUvN6_5yYCcf0zWgVJ",
                "https://host/l/0mBkUvN6_5yYCcf0zWgVJAA",
                "https://host/l/0mBkUvN6_5yYCcf0zWgVJ%41",
                "https://host/l/0mBkUvN6_5yYCcf0zWgVJA/",
                "https://host/work/0mBkUvN6_5yYCcf0zWgVJA",
                "https://host/l/0mBkUvN6_5yYCcf0zWgVJA/status",
                "https://host/l/0mBkUvN6_5yYCcf0zWgVJA?a=b",
                "https://host/l/0mBkUvN6_5yYCcf0zWgVJA#a",
                "https://user@host/l/0mBkUvN6_5yYCcf0zWgVJA",
                "ftp://host/l/0mBkUvN6_5yYCcf0zWgVJA",
                "/l/0mBkUvN6_5yYCcf0zWgVJA"
            })
    void other_urls_are_refused_without_showing_them(String url) {
        assertThatThrownBy(() -> LinkClient.open(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    @SuppressWarnings("ObjectToString")
    void no_exception_contains_the_secret() {
        LinkClient link = LinkClient.open(URI.create("http://127.0.0.1:9/work/l/" + SECRET));
        assertThat(link.toString()).doesNotContain(SECRET); // as a log would show it

        assertFailsWithoutSecret(link::status);
        assertFailsWithoutSecret(() -> link.answer("approve", Map.of("approved", true)));
        assertFailsWithoutSecret(() -> link.watch(document -> {}));
        link.close();
        assertFailsWithoutSecret(() -> link.await(Duration.ofSeconds(1)));
    }

    @Test
    void only_the_problem_of_an_invalid_link_ends_a_watch() throws Exception {
        try (var server = new LinkServer("", "", NO_RESOURCE, NO_RESOURCE, LINK_NOT_VALID);
                LinkClient link = LinkClient.open(server.link())) {
            var listener = new Recorder();

            link.watch(listener).end().get(30, TimeUnit.SECONDS);

            assertThat(listener.calls).containsExactly("changed 1", "removed some-id-1");
            assertThat(server.responses).isEmpty();
        }
    }

    @Test
    void first_read_of_a_watch_is_repeated_unless_the_link_is_not_valid() throws Exception {
        try (var server = new LinkServer("", NO_RESOURCE, LINK_NOT_VALID);
                LinkClient link = LinkClient.open(server.link())) {
            var listener = new Recorder();

            link.watch(listener).end().get(30, TimeUnit.SECONDS);

            assertThat(listener.calls).containsExactly("refused " + LINK_NOT_VALID);
            assertThat(server.responses).isEmpty();
        }
    }

    @Test
    void await_fails_with_the_problem_of_an_invalid_link() throws Exception {
        try (var server = new LinkServer("", "", LINK_NOT_VALID);
                LinkClient link = LinkClient.open(server.link())) {
            assertThatThrownBy(() -> link.await(Duration.ofSeconds(30)))
                    .isInstanceOfSatisfying(
                            ProblemResponseException.class,
                            problem -> {
                                assertThat(problem.status()).isEqualTo(404);
                                assertThat(problem.type()).isEqualTo(LINK_NOT_VALID);
                            });
        }
    }

    /** Records the calls of a watch. */
    private static final class Recorder implements RequestListener {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public void changed(StatusDocument document) {
            calls.add("changed " + document.version());
        }

        @Override
        public void removed(String id) {
            calls.add("removed " + id);
        }

        @Override
        public void refused(ProblemResponseException problem) {
            calls.add("refused " + problem.type());
        }
    }

    /** A server that responds to reads with a running request or with problems, one by one. */
    private static final class LinkServer implements AutoCloseable {

        private final Queue<String> responses;
        private final HttpServer server;

        /**
         * @param responses the types of the problems; empty for the request
         */
        private LinkServer(String... responses) throws IOException {
            this.responses = new ConcurrentLinkedQueue<>(List.of(responses));
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::respond);
            server.start();
        }

        private URI link() {
            return URI.create(
                    "http://127.0.0.1:%d/l/%s".formatted(server.getAddress().getPort(), SECRET));
        }

        private void respond(HttpExchange call) throws IOException {
            boolean isRead = call.getRequestURI().getPath().endsWith("/status");
            String type = isRead ? responses.remove() : NO_RESOURCE;
            String body =
                    type.isEmpty()
                            ? "{\"id\":\"some-id-1\",\"version\":1,\"status\":\"RUNNING\"}"
                            : "{\"type\":\"%s\",\"title\":\"A problem\"}".formatted(type);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(type.isEmpty() ? 200 : 404, bytes.length);
            call.getResponseBody().write(bytes);
            call.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static void assertFailsWithoutSecret(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NoResponseException.class)
                .hasMessageContaining("/links/-/")
                .satisfies(
                        failed -> {
                            var trace = new StringWriter();
                            failed.printStackTrace(new PrintWriter(trace));
                            assertThat(trace.toString()).doesNotContain(SECRET);
                        });
    }

    @Test
    void link_is_read_with_and_without_its_url() {
        CreatedLink created =
                CreatedLink.of(
                        ClientJson.read(
                                LINK.formatted(",\"url\":\"https://host/l/" + SECRET + "\"")));
        Link listed =
                Link.listOf(ClientJson.read("{\"links\":[" + LINK.formatted("") + "]}")).get(0);

        assertThat(created.url()).isEqualTo(URI.create("https://host/l/" + SECRET));
        assertThat(created.toString())
                .doesNotContain(SECRET)
                .isEqualTo(listed.toString().replaceFirst("^Link", "CreatedLink"));
        assertThat(listed.linkId()).isEqualTo("n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg");
        assertThat(listed.scope()).isEqualTo("answer");
        assertThat(listed.step()).isEqualTo("approve");
        assertThat(listed.label()).isEqualTo("For Bob");
        assertThat(listed.showsInput()).isTrue();
        assertThat(listed.createdAt()).isEqualTo("2026-11-20T10:00:00.123Z");
        assertThat(listed.expiresAt()).isEqualTo("2027-12-25T10:00:00Z");
    }

    @Test
    void invalid_url_in_a_response_is_not_in_the_message() {
        assertThatThrownBy(
                        () ->
                                CreatedLink.of(
                                        ClientJson.read(
                                                LINK.formatted(
                                                        ",\"url\":\"https://a b/l/"
                                                                + SECRET
                                                                + "\""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"links\":{}}", "{\"links\":[{\"linkId\":\"a\"}]}"})
    void other_json_is_no_link(String json) {
        assertThatThrownBy(() -> Link.listOf(ClientJson.read(json)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CreatedLink.of(ClientJson.read(json)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CreatedLink.of(ClientJson.read(LINK.formatted(""))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
