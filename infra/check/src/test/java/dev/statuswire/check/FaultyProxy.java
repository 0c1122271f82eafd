package dev.statuswire.check;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A proxy in front of a server, for HTTP and live sockets, that plants one fault. */
final class FaultyProxy implements AutoCloseable {

    private static final Set<String> PASSED_ON =
            Set.of("authorization", "content-type", "if-none-match", "prefer");

    /** Headers that each server adds itself. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("content-length", "transfer-encoding", "date", "connection", "server");

    /** A path under which the service is available as well. */
    private static final String BELOW = "/dev/";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, WebSocket> sockets = new ConcurrentHashMap<>();
    private final URI server;
    private final Fault fault;
    private final Javalin proxy;

    /** A call and its response, both before they are forwarded. */
    static final class Exchange {
        final String method;
        final String path;
        final Map<String, String> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int status;
        String body = "";

        Exchange(String method, String path) {
            this.method = method;
            this.path = path;
        }

        boolean is(String called, String pattern) {
            return method.equals(called) && path.matches(pattern);
        }
    }

    /** A fault; by default, none. */
    interface Fault {

        /** Changes the request. Returns false if the request must not be forwarded. */
        default boolean asked(Exchange exchange) {
            return true;
        }

        /** Changes the response. */
        default void answered(Exchange exchange) {}

        /** Returns whether a frame of the server is forwarded. */
        default boolean pushed(String frame) {
            return true;
        }
    }

    FaultyProxy(URI page, Fault fault) {
        this.server = page.resolve("/");
        this.fault = fault;
        this.proxy =
                Javalin.create(
                                config -> {
                                    config.startup.showJavalinBanner = false;
                                    config.http.maxRequestSize = 4L * 1024 * 1024;
                                    routes(config.routes);
                                })
                        .start("127.0.0.1", 0);
    }

    private void routes(RoutesConfig routes) {
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.PUT, HandlerType.POST)) {
            routes.addHttpHandler(method, "/<path>", this::pass);
        }
        routes.addHttpHandler(HandlerType.GET, "/", this::pass);
        routes.ws("/live", this::passFrames);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + proxy.port() + "/");
    }

    /** Returns the URL of the service below a path. */
    URI uriBelowPath() {
        return uri().resolve(BELOW);
    }

    private void pass(Context call) throws IOException, InterruptedException {
        var exchange =
                new Exchange(call.method().name(), call.path().replaceFirst("^" + BELOW, "/"));
        call.headerMap()
                .forEach(
                        (name, value) -> {
                            if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                                exchange.requestHeaders.put(name, value);
                            }
                        });
        if (fault.asked(exchange)) {
            send(exchange, call);
        }
        fault.answered(exchange);
        exchange.headers.forEach(call::header);
        call.status(exchange.status).result(exchange.body);
    }

    private void send(Exchange exchange, Context call) throws IOException, InterruptedException {
        String query = call.queryString() == null ? "" : "?" + call.queryString();
        var request =
                HttpRequest.newBuilder(URI.create(server + exchange.path.substring(1) + query))
                        .method(exchange.method, BodyPublishers.ofByteArray(call.bodyAsBytes()));
        exchange.requestHeaders.forEach(request::header);
        var response = http.send(request.build(), BodyHandlers.ofString());
        exchange.status = response.statusCode();
        exchange.body = response.body().replace(server.getAuthority(), uri().getAuthority());
        response.headers()
                .map()
                .forEach(
                        (name, values) -> {
                            if (!OF_THE_CONNECTION.contains(name)) {
                                exchange.headers.put(name, String.join(", ", values));
                            }
                        });
    }

    private void passFrames(WsConfig live) {
        live.onConnect(
                client -> {
                    URI url =
                            URI.create(
                                    "ws://"
                                            + server.getAuthority()
                                            + "/live?"
                                            + client.queryString());
                    try {
                        sockets.put(
                                client.sessionId(),
                                http.newWebSocketBuilder()
                                        .buildAsync(url, new Passing(client))
                                        .join());
                    } catch (CompletionException refused) {
                        client.closeSession(1008, "refused");
                    }
                });
        live.onMessage(
                client -> {
                    WebSocket socket = sockets.get(client.sessionId());
                    if (socket != null) {
                        socket.sendText(client.message(), true).join();
                    }
                });
        live.onClose(
                client ->
                        Stream.ofNullable(sockets.remove(client.sessionId()))
                                .forEach(WebSocket::abort));
    }

    /** Forwards the server's frames, each as one whole text. */
    private final class Passing implements WebSocket.Listener {
        private final WsContext client;
        private final StringBuilder parts = new StringBuilder();

        Passing(WsContext client) {
            this.client = client;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                String frame = parts.toString();
                parts.setLength(0);
                if (fault.pushed(frame)) {
                    client.send(frame);
                }
            }
            socket.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        proxy.stop();
        http.shutdownNow();
    }
}
