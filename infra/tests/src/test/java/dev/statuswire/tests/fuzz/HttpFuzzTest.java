package dev.statuswire.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.statuswire.api.testing.ApiClient;
import dev.statuswire.api.testing.RawHttp;
import dev.statuswire.core.testing.Await;
import dev.statuswire.core.testing.Scale;
import dev.statuswire.core.transition.TransitionTiming;
import dev.statuswire.local.LocalRuntime;
import dev.statuswire.local.LocalSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole runtime, called over raw sockets. */
final class HttpFuzzTest {

    private static final LocalRuntime RUNTIME =
            LocalRuntime.start(LocalSettings.forTests(TransitionTiming.DEFAULT));
    private static final int PORT = RUNTIME.pageUri().getPort();
    private static final ApiClient API = new ApiClient(PORT);

    @AfterAll
    static void stop() {
        RUNTIME.close();
    }

    private static String answer(String request) {
        return RawHttp.answer(PORT, request.getBytes(StandardCharsets.UTF_8));
    }

    private static String finished(String id) {
        return Await.get(
                id + " is finished",
                () ->
                        API.get("/status/" + id).json().path("links").path("cancel").isNull()
                                ? Optional.of(
                                        API.get("/status/" + id).json().get("status").asText())
                                : Optional.empty());
    }

    @Test
    void slightly_wrong_calls_get_valid_responses() throws Exception {
        var calls = new CallGenerator(API.get("/types").json());
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();

        Cases.run(
                Scale.of(1000, 150_000),
                random -> {
                    byte[] call = calls.next(PORT, random);
                    try {
                        String answer = RawHttp.answer(PORT, call);
                        RawAnswer.assertSound(answer);
                        RawAnswer.statuses(answer).forEach(s -> answers.merge(s, 1, Integer::sum));
                    } catch (AssertionError | UncheckedIOException failed) {
                        throw new AssertionError(
                                new String(call, StandardCharsets.ISO_8859_1), failed);
                    }
                });

        System.out.println("responses to slightly wrong calls: " + answers);
        if (Long.getLong("statuswire.fuzz.seed") == null) {
            assertThat(answers).containsKeys(200, 202, 400, 403, 404, 405, 409, 413, 415, 422);
        }
        String id = ApiClient.newId();
        API.putJson(
                "/requests/" + id,
                "{\"type\":\"place-order\",\"input\":{\"dish\":\"soup\",\"quantity\":1}}");
        assertThat(finished(id)).isEqualTo("SUCCEEDED");
    }

    @Test
    void server_uses_no_more_resources_after_many_bad_calls_than_after_some() throws Exception {
        var calls = new CallGenerator(API.get("/types").json());
        Cases.Case call = random -> RawHttp.answer(PORT, calls.next(PORT, random));
        Cases.run(Scale.of(100, 3000), call);
        breakOff(40);
        Footprint before = Footprint.now();

        Cases.run(Scale.of(100, 30_000), call);
        breakOff(40);

        Await.until(
                "resource use is back at " + before, () -> Footprint.now().isNoMoreThan(before));
    }

    /** Opens many connections at once, sends the start of a request on each, and closes them. */
    private static void breakOff(int count) throws IOException {
        var sockets = new ArrayList<Socket>();
        String head = "PUT /requests/order-0001 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le";
        for (int n = 0; n < count; n++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), PORT);
            socket.getOutputStream()
                    .write(
                            head.substring(0, 1 + n % head.length())
                                    .getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        assertThat(API.get("/types").status()).isEqualTo(200);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../pom.xml",
                "/..%2f..%2fpom.xml",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/client/..%2f..%2fetc%2fpasswd",
                "/client/%2e%2e%2fstatuswire.js",
                "/assets/..\\..\\etc\\passwd",
                "/assets/%5c..%5c..%5cetc",
                "/client//etc/passwd",
                "/client/statuswire.js%00.html",
                "/META-INF/MANIFEST.MF",
                "/client/../../logback.xml",
                "/./././logback.xml",
                "/;/logback.xml",
                "/client/;/../logback.xml",
            })
    void path_outside_the_pages_folder_is_400_or_404(String path) {
        String answer =
                answer("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        RawAnswer.assertSound(answer);
        assertThat(RawAnswer.statuses(answer)).allMatch(status -> status == 400 || status == 404);
    }

    @Test
    void garbage_after_a_call_does_not_affect_its_response() {
        String answer =
                answer(
                        "GET /types HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n\u0000\u0001 garbage\r\n\r\n");

        RawAnswer.assertSound(answer);
        assertThat(RawAnswer.statuses(answer)).first().isEqualTo(200);
    }

    @Test
    void chunked_body_over_1_mib_is_413_and_a_truncated_one_is_400() {
        String head =
                """
                PUT /requests/order-chunked HTTP/1.1\r
                Host: 127.0.0.1\r
                Content-Type: application/json\r
                Connection: close\r
                """;
        String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";

        String tooLarge =
                answer(
                        head
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + chunk.repeat(33)
                                + "0\r\n\r\n");
        String cutShort = answer(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk);
        String half = answer(head + "Content-Length: 100\r\n\r\n{\"type\"");

        assertThat(RawAnswer.statuses(tooLarge)).isEqualTo(List.of(413));
        assertThat(RawAnswer.statuses(cutShort)).isIn(List.of(), List.of(400));
        assertThat(RawAnswer.statuses(half)).isIn(List.of(), List.of(400));
    }
}
