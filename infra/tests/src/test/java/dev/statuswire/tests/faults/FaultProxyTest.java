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
    void delay_brings_the_same_answer_later() throws IOException {
        Duration by = Duration.ofMillis(SHORT_MILLIS);
        proxy.set(new Fault.Delay(by));
        long start = System.nanoTime();

        assertThat(get("/a")).endsWith(ANSWER);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(by);
    }

    @Test
    void reset_ends_the_connections_that_are_there_and_those_that_come() throws IOException {
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
    void half_open_takes_requests_and_answers_none_even_after_it_is_over() throws IOException {
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
    void black_hole_answers_no_connect_and_lets_through_what_was_sent_once_it_is_over()
            throws IOException {
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
    void refuse_refuses_connects_and_ends_the_connections_that_are_there() throws IOException {
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
    void cut_lets_the_request_through_and_some_of_the_answer() throws IOException {
        for (int bytes : new int[] {0, 1, 20}) {
            int before = requests.get();
            proxy.set(new Fault.Cut(bytes, "/cut", 1));
            try (Socket socket = connect()) {
                send(socket, "/cut");
                assertThat(readToTheEnd(socket)).isEqualTo(bytes);
            }
            assertThat(requests).hasValue(before + 1);
            assertThat(get("/cut")).as("the one after").endsWith(ANSWER);
        }
        assertThat(proxy.cuts()).isEqualTo(3);
    }

    @Test
    void cut_is_for_the_requests_that_it_names() throws IOException {
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

    /** An answer; only one that never comes takes as long as the limit. */
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
