package dev.statuswire.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statuswire.core.testing.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultProxyTest {

    private static final String ANSWER = "0123456789";
    private static final int SHORT_MILLIS = 200;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        proxy = new FaultProxy(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            byte[] body = ANSWER.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @AfterEach
    void close() {
        proxy.close();
        server.stop(0);
        threads.close();
    }

    @Test
    void without_a_fault_everything_passes() throws IOException {
        assertThat(get("/a")).endsWith(ANSWER);
        try (Socket kept = connect()) {
            assertThat(ask(kept, "/a")).endsWith(ANSWER);
            assertThat(ask(kept, "/b")).endsWith(ANSWER);
        }
        Await.until("no connection is left", () -> proxy.connections() == 0);
    }

    @Test
    void delay_delivers_the_same_response_later() throws IOException {
        Duration by = Duration.ofMillis(SHORT_MILLIS);
        proxy.set(new Fault.Delay(by));
        long start = System.nanoTime();

        assertThat(get("/a")).endsWith(ANSWER);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(by);
    }

    @Test
    void reset_ends_existing_and_new_connections() throws IOException {
        try (Socket before = connect()) {
            ask(before, "/a");
            proxy.set(new Fault.Reset());
            assertThatThrownBy(() -> ask(before, "/b")).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> get("/c")).isInstanceOf(SocketException.class);
        }
        proxy.heal();
        assertThat(get("/d")).endsWith(ANSWER);
        assertThat(requests).hasValue(2);
    }

    @Test
    void half_open_receives_requests_and_never_responds_even_after_it_ends() throws IOException {
        try (Socket before = connect();
                Socket other = connect()) {
            ask(before, "/a");
            proxy.set(new Fault.HalfOpen());
            assertThatThrownBy(() -> ask(before, "/b")).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> get("/c")).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> ask(other, "/c")).isInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            assertThatThrownBy(() -> ask(before, "/d")).isInstanceOf(SocketException.class);
        }
        assertThat(get("/e")).endsWith(ANSWER);
        assertThat(requests).hasValue(2);
    }

    @Test
    void black_hole_ignores_connects_and_delivers_what_was_sent_once_it_ends() throws IOException {
        try (Socket before = connect()) {
            ask(before, "/a");
            proxy.set(new Fault.BlackHole());
            assertThatThrownBy(this::connect).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> ask(before, "/b")).isInstanceOf(SocketTimeoutException.class);
            assertThat(requests).hasValue(1);
            proxy.heal();
            assertThat(read(before)).endsWith(ANSWER);
        }
        assertThat(get("/c")).endsWith(ANSWER);
    }

    @Test
    void refuse_refuses_connects_and_ends_existing_connections() throws IOException {
        try (Socket before = connect()) {
            ask(before, "/a");
            proxy.set(new Fault.Refuse());
            assertThatThrownBy(() -> ask(before, "/b")).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
        proxy.heal();
        assertThat(get("/c")).endsWith(ANSWER);
    }

    @Test
    void cut_delivers_the_request_and_a_part_of_the_response() throws IOException {
        for (int bytes : new int[] {0, 1, 20}) {
            int before = requests.get();
            proxy.set(new Fault.Cut(bytes, "/cut", 1));
            try (Socket socket = connect()) {
                send(socket, "/cut");
                assertThat(readToTheEnd(socket)).isEqualTo(bytes);
            }
            assertThat(requests).hasValue(before + 1);
            assertThat(get("/cut")).as("the next request").endsWith(ANSWER);
        }
        assertThat(proxy.cuts()).isEqualTo(3);
    }

    @Test
    void cut_affects_only_matching_requests() throws IOException {
        proxy.set(new Fault.Cut(0, "/cut", 1));

        assertThat(get("/other")).endsWith(ANSWER);
        assertThatThrownBy(() -> get("/cut")).isInstanceOf(SocketException.class);
    }

    private String get(String path) throws IOException {
        try (Socket socket = connect()) {
            return ask(socket, path);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.uri().getPort()),
                    SHORT_MILLIS);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        return socket;
    }

    private static String ask(Socket socket, String path) throws IOException {
        send(socket, path);
        return read(socket);
    }

    private static void send(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads a response; only one that never arrives takes as long as the limit. */
    private static String read(Socket socket) throws IOException {
        socket.setSoTimeout(5 * SHORT_MILLIS);
        var answer = new StringBuilder();
        while (!answer.toString().endsWith(ANSWER)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new SocketException("ended after: " + answer);
            }
            answer.append((char) next);
        }
        return answer.toString();
    }

    private static int readToTheEnd(Socket socket) {
        int bytes = 0;
        try {
            while (socket.getInputStream().read() >= 0) {
                bytes++;
            }
        } catch (IOException reset) {
            return bytes;
        }
        return bytes;
    }
}
